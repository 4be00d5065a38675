package dev.tributary.predictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The accuracy on the measured runs of C3O (Will et al., arXiv 2107.13317), with few splits. */
class RuntimeAccuracyTest {
  private static EvaluationReport report(
      String job, String features, Protocol protocol, int splits) {
    Path file =
        Path.of(System.getProperty("tributary.data", "../../shared/data"))
            .resolve("workload/c3o/" + job + ".tsv");
    boolean there = Files.exists(file);
    if (!there) {
      System.out.println("skipped: no C3O runs at " + file + "; set -Dtributary.data");
    }
    Assumptions.assumeTrue(there, "no C3O runs at " + file);
    EvaluationReport report =
        Evaluation.run(
            new EvaluationRequest(
                file,
                "gross_runtime",
                "instance_count",
                List.of(features.split(",")),
                List.of(),
                Map.of(),
                protocol,
                splits,
                protocol == Protocol.BY_CONTEXT ? 0.6 : 0.9,
                1));
    System.out.printf(
        "%s %s: MAPE %.2f %%, coverage %.3f, %s%n",
        job, protocol.label(), report.mape(), report.coverage(), report.onUpperBound());
    return report;
  }

  private static final String SORT = "instance_count,data_size_MB";
  private static final String GREP = "instance_count,data_size_MB,p_occurrence";
  private static final String PAGERANK = "instance_count,links,pages,convergence_criterion";

  private static final Map<String, String> JOBS =
      Map.of("sort", SORT, "grep", GREP, "pagerank", PAGERANK);

  @Test
  void theReaderReproducesThePublishedConfigurations() {
    EvaluationReport sort = report("sort", SORT, Protocol.RANDOM_SPLIT, 20);
    assertThat(sort.configurations()).isEqualTo(36);
    assertThat(sort.fixed())
        .containsEntry("machine_type", "c4.2xlarge")
        .containsEntry("line_length", "100");
    assertThat(sort.mape()).isLessThan(1.6);
  }

  @Test
  void randomSplitsOfGrepAndPagerank() {
    EvaluationReport grep = report("grep", GREP, Protocol.RANDOM_SPLIT, 20);
    EvaluationReport pagerank = report("pagerank", PAGERANK, Protocol.RANDOM_SPLIT, 20);
    assertThat(grep.configurations()).isEqualTo(150);
    assertThat(pagerank.configurations()).isEqualTo(270);
    assertThat(grep.mape()).isLessThan(1.75);
    assertThat(pagerank.mape()).isLessThan(2.0);
    assertThat((grep.coverage() + pagerank.coverage()) / 2).isBetween(0.84, 0.96);
  }

  @Test
  void withinOneContext() {
    double grep = report("grep", GREP, Protocol.LOCAL, 40).mape();
    double pagerank = report("pagerank", PAGERANK, Protocol.LOCAL, 45).mape();
    assertThat((grep + pagerank) / 2).isLessThan(3.0);
  }

  @Test
  void withFewTrainingRows() {
    double twelve = 0;
    double thirty = 0;
    for (Map.Entry<String, String> job : JOBS.entrySet()) {
      EvaluationReport report = report(job.getKey(), job.getValue(), Protocol.AVAILABILITY, 4);
      twelve += report.byTrainingRows().get(3).mape() / 3;
      thirty += report.byTrainingRows().get(9).mape() / 3;
    }
    System.out.printf("12 rows %.2f %%, 30 rows %.2f %%%n", twelve, thirty);
    assertThat(twelve).isLessThan(8.0);
    assertThat(thirty).isLessThan(3.5);
  }

  @Test
  void deadlinesOfUnseenContexts() {
    double met = 0;
    double cost = 0;
    for (Map.Entry<String, String> job : JOBS.entrySet()) {
      DeadlineChoice choice =
          report(job.getKey(), job.getValue(), Protocol.BY_CONTEXT, 1).onUpperBound().orElseThrow();
      met += choice.met() / JOBS.size();
      cost += choice.costOverOracle() / JOBS.size();
    }
    System.out.printf("deadlines: %.1f %% met at %.3f%n", 100 * met, cost);
    assertThat(met).isGreaterThan(0.975);
    assertThat(cost).isLessThan(1.1);
  }
}
