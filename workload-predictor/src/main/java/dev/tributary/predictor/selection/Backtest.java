package dev.tributary.predictor.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Measures the choice on jobs whose cost on every candidate is known: each job is chosen for from
 * the jobs of the other algorithms only. Cost over optimum is the cost of the pick over that of the
 * job's cheapest completed run.
 */
public final class Backtest {
  /** Cost over optimum that a search is to reach. */
  public static final List<Double> LEVELS = List.of(1.2, 1.1, 1.0);

  private static final double SAME = 1e-9;

  private Backtest() {}

  /**
   * One job's result.
   *
   * @param job name
   * @param pick first choice, with no run of the job
   * @param optimum cost of its cheapest completed run
   * @param overOptimum cost of the pick over {@code optimum}; NaN where it does not complete
   * @param bestFixed the candidate that does best for the other algorithms' jobs
   * @param bestFixedOverOptimum the same for it
   * @param randomOverOptimum mean over the job's completed candidates
   * @param runsTo runs until the best so far is within each of {@link #LEVELS}
   */
  public record Row(
      String job,
      Trial pick,
      double optimum,
      double overOptimum,
      List<String> bestFixed,
      double bestFixedOverOptimum,
      double randomOverOptimum,
      List<Integer> runsTo) {
    /** Copies. */
    public Row {
      bestFixed = List.copyOf(bestFixed);
      runsTo = List.copyOf(runsTo);
    }
  }

  /** Runs the back-test on every job that has a completed run. */
  public static List<Row> run(MeasuredTable table) {
    List<Row> rows = new ArrayList<>();
    for (JobHistory job : table.jobs()) {
      List<JobHistory> others = others(table, job);
      if (Double.isFinite(job.optimum()) && !others.isEmpty()) {
        rows.add(row(job, others));
      }
    }
    return rows;
  }

  /** The jobs of other algorithms. */
  static List<JobHistory> others(MeasuredTable table, JobHistory job) {
    return table.jobs().stream()
        .filter(o -> !o.description().algorithm().equals(job.description().algorithm()))
        .filter(o -> Double.isFinite(o.optimum()))
        .toList();
  }

  private static Row row(JobHistory job, List<JobHistory> others) {
    ConfigurationSelector selector = ConfigurationSelector.learn(others);
    List<Candidate> candidates = job.trials().stream().map(Trial::candidate).toList();
    double optimum = job.optimum();
    Trial pick = job.on(selector.first(job.description(), candidates)).orElseThrow();
    Optional<Candidate> fixed = bestFixed(candidates, others);
    return new Row(
        job.description().job(),
        pick,
        optimum,
        pick.completed() ? pick.cost() / optimum : Double.NaN,
        fixed.map(Candidate::key).orElse(List.of()),
        fixed.map(c -> overOptimum(job, c)).orElse(Double.NaN),
        job.trials().stream()
            .filter(Trial::completed)
            .mapToDouble(t -> t.cost() / optimum)
            .average()
            .orElseThrow(),
        runsTo(selector, job, candidates));
  }

  private static List<Integer> runsTo(
      ConfigurationSelector selector, JobHistory job, List<Candidate> candidates) {
    List<Trial> trials = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    Integer[] runs = new Integer[LEVELS.size()];
    while (runs[runs.length - 1] == null) {
      Trial trial = job.on(selector.next(job.description(), candidates, trials)).orElseThrow();
      trials.add(trial);
      best = trial.completed() ? Math.min(best, trial.cost()) : best;
      for (int level = 0; level < runs.length; level++) {
        if (runs[level] == null && best <= LEVELS.get(level) * job.optimum() * (1 + SAME)) {
          runs[level] = trials.size();
        }
      }
    }
    return List.of(runs);
  }

  /** Of the candidates on which every given job completes, the one of least mean over optimum. */
  static Optional<Candidate> bestFixed(List<Candidate> candidates, List<JobHistory> jobs) {
    Candidate best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Candidate candidate : candidates) {
      OptionalDouble mean = jobs.stream().mapToDouble(job -> overOptimum(job, candidate)).average();
      if (mean.isPresent() && mean.getAsDouble() < least) {
        least = mean.getAsDouble();
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** NaN where the job does not complete there, or was not measured. */
  static double overOptimum(JobHistory job, Candidate candidate) {
    return job.on(candidate)
        .filter(Trial::completed)
        .map(t -> t.cost() / job.optimum())
        .orElse(Double.NaN);
  }
}
