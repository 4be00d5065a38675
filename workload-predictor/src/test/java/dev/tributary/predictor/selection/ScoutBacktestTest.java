package dev.tributary.predictor.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The measured Scout jobs: 10 jobs × 69 configurations, whole algorithms left out. */
class ScoutBacktestTest {
  private static MeasuredTable scout() {
    Path file =
        Path.of(System.getProperty("tributary.data", ""), "workload/scout/scout_runtime.csv");
    Assumptions.assumeTrue(Files.isReadable(file), "skipped: there is no " + file);
    return MeasuredTable.read(
        file,
        new MeasuredTable.Columns(
            "job", "algorithm", List.of("vm_type", "nodes"), "cost_usd", "runtime_s", "completed"));
  }

  @Test
  void aNewAlgorithmsFirstPickIsNearTheOptimumAndCompletes() {
    List<Backtest.Row> rows = Backtest.run(scout());

    double mean = rows.stream().mapToDouble(Backtest.Row::overOptimum).average().orElseThrow();
    double worst = rows.stream().mapToDouble(Backtest.Row::overOptimum).max().orElseThrow();
    double[] runs = new double[3];
    for (int i = 0; i < 3; i++) {
      int level = i;
      runs[i] = rows.stream().mapToInt(r -> r.runsTo().get(level)).average().orElseThrow();
    }
    System.out.printf(
        "scout: first pick mean %.3f worst %.3f; runs to 1.2/1.1/1.0: %.1f/%.1f/%.1f%n",
        mean, worst, runs[0], runs[1], runs[2]);
    assertThat(rows).hasSize(10).allMatch(r -> r.pick().completed());
    assertThat(mean).isLessThanOrEqualTo(1.2);
    assertThat(worst).isLessThan(1.6);
    assertThat(runs[0]).isLessThanOrEqualTo(2.0);
    assertThat(runs[1]).isLessThanOrEqualTo(4.0);
    assertThat(runs[2]).isLessThanOrEqualTo(8.0);
  }

  @Test
  void withOneMoreAlgorithmMissingThePicksStillComplete() {
    MeasuredTable scout = scout();
    double sum = 0;
    double worst = 0;
    int picks = 0;
    for (JobHistory job : scout.jobs()) {
      List<JobHistory> others = Backtest.others(scout, job);
      for (String dropped :
          new TreeSet<>(others.stream().map(o -> o.description().algorithm()).toList())) {
        List<JobHistory> left =
            others.stream().filter(o -> !o.description().algorithm().equals(dropped)).toList();
        List<Candidate> candidates = job.trials().stream().map(Trial::candidate).toList();
        Candidate pick = ConfigurationSelector.learn(left).first(job.description(), candidates);
        assertThat(job.on(pick).orElseThrow().completed()).as("%s %s", job, pick).isTrue();
        sum += Backtest.overOptimum(job, pick);
        worst = Math.max(worst, Backtest.overOptimum(job, pick));
        picks++;
      }
    }
    System.out.printf(
        "scout with two algorithms left out: %d picks, mean %.3f worst %.2f%n",
        picks, sum / picks, worst);
    assertThat(sum / picks).isLessThan(1.22);
  }

  @Test
  void recurringJobsCostLessThanTheBestFixedClusterAndKeepTheirDeadlines() {
    RecurringBill.Comparison bill = new RecurringBill(scout(), 30, 3).compare().orElseThrow();

    System.out.println("scout bill: " + bill);
    assertThat(bill.ours().cost()).isLessThan(0.6 * bill.fixedBill().cost());
    assertThat(bill.ours().cost()).isLessThan(0.85 * bill.mediumBill().cost());
    assertThat(bill.ours().missed()).isLessThanOrEqualTo(bill.ours().runs() / 50);
    assertThat(bill.fixedBill().missed()).isZero();
    assertThat(bill.inTimeBill().missed()).isZero();
    assertThat(bill.ours().cost()).isLessThan(0.6 * bill.inTimeBill().cost());
    assertThat(bill.oracle().cost()).isLessThanOrEqualTo(bill.ours().cost());
  }
}
