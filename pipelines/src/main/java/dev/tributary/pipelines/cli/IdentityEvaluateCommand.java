package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.link.LinkEvaluation;
import dev.tributary.pipelines.identity.matching.ClusterEvaluation;
import dev.tributary.pipelines.job.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary identity evaluate}: assignments against a truth. */
@Command(
    name = "evaluate",
    description = {
      "Hold assignments against the truth: precision, recall and F1 over pairs and B-cubed.",
      "The truth is a CSV file with the columns record_id and cluster_id; records without an"
          + " assignment count as alone."
    },
    mixinStandardHelpOptions = true)
final class IdentityEvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--assignments",
      paramLabel = "DIR",
      required = true,
      description = "The output of 'identity link', or its assignments.csv")
  private Path assignments;

  @Option(names = "--truth", paramLabel = "FILE", required = true, description = "The truth")
  private Path truth;

  @Option(
      names = "--pairs",
      description = "The truth lists pairs of record ids that are one entity, in its first columns")
  private boolean pairs;

  @Mixin private Answer answer;

  @Override
  public Integer call() {
    LinkEvaluation found = LinkEvaluation.of(assignments, truth, pairs);
    answer.print(report(found), out -> table(found.evaluation(), out));
    if (found.missing() > 0 || found.unknown() > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "%,d records of the truth have no assignment, %,d assigned ones are not in it%n",
              found.missing(), found.unknown());
    }
    return ExitCode.SUCCESS.code();
  }

  private static void table(ClusterEvaluation one, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d records, %,d clusters, %,d true clusters%n"
            + "           precision   recall       F1%n"
            + "pairwise   %9.4f %8.4f %8.4f%n"
            + "B-cubed    %9.4f %8.4f %8.4f%n",
        one.records(),
        one.clusters(),
        one.trueClusters(),
        one.pairwisePrecision(),
        one.pairwiseRecall(),
        one.pairwiseF1(),
        one.bCubedPrecision(),
        one.bCubedRecall(),
        one.bCubedF1());
  }

  private static Map<String, Object> report(LinkEvaluation found) {
    ClusterEvaluation one = found.evaluation();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("records", one.records());
    report.put("clusters", one.clusters());
    report.put("true_clusters", one.trueClusters());
    report.put("pairwise", scores(one.pairwisePrecision(), one.pairwiseRecall(), one.pairwiseF1()));
    report.put("b_cubed", scores(one.bCubedPrecision(), one.bCubedRecall(), one.bCubedF1()));
    report.put("missing", found.missing());
    report.put("unknown", found.unknown());
    return report;
  }

  private static Map<String, Double> scores(double precision, double recall, double f1) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("precision", precision);
    scores.put("recall", recall);
    scores.put("f1", f1);
    return scores;
  }
}
