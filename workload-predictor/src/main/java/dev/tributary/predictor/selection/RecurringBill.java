package dev.tributary.predictor.selection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The whole bill of jobs that recur, exploratory runs included.
 *
 * <p>Every job of the table runs {@code recurrences} times. Its deadline is {@code deadlineFactor}
 * times its fastest measured runtime. Compared are
 *
 * <ul>
 *   <li><b>static medium</b>: one cluster for all, the candidate in the middle: nearest to the
 *       medians of nodes, cores a node and memory a core (logarithms);
 *   <li><b>medium in time</b>: of the candidates that keep every job's deadline (or most, where
 *       none keeps all) the one nearest to the middle: what a static cluster has to be for its
 *       deadlines to be kept;
 *   <li><b>best fixed</b>: one cluster for all, chosen with hindsight: of the candidates that keep
 *       every job's deadline the one with the lowest bill (of those that keep most, where none
 *       keeps all);
 *   <li><b>ours</b>: each job apart, knowing only jobs of other algorithms and its own earlier
 *       runs. The first run is on the cluster that is the best fixed one for those other jobs.
 *       Afterwards a candidate is tried when it keeps the deadline with probability {@value
 *       #CONFIDENCE} and what it is expected to save over the remaining runs exceeds what the try
 *       costs more than the best so far by {@value #LEAST_GAIN} of a run; else the cheapest run
 *       that kept the deadline is repeated.
 * </ul>
 *
 * <p>A run that does not complete is charged the longest runtime of the table and misses its
 * deadline. The measured cost stands for every repetition on the same candidate.
 */
public final class RecurringBill {
  private static final double CONFIDENCE = 0.8;
  private static final double RISK_LIMIT = 0.5;
  private static final double LEAST_GAIN = 0.3;

  private final MeasuredTable table;
  private final int recurrences;
  private final double deadlineFactor;
  private final double limitSeconds;

  /**
   * A bill.
   *
   * @param cost all runs, in the table's currency
   * @param meanOverOptimum mean over jobs of its bill over that of its cheapest completed run
   * @param missed runs that missed their deadline
   * @param runs all runs
   */
  public record Bill(double cost, double meanOverOptimum, int missed, int runs) {}

  /**
   * The comparison.
   *
   * @param medium key of the static medium cluster
   * @param inTime key of the medium cluster that keeps deadlines
   * @param fixed key of the best fixed one
   * @param median key of the candidate whose bill is the median of those on which every job
   *     completes: a cluster chosen without knowledge
   * @param oracle every job always on its cheapest candidate that keeps its deadline
   */
  public record Comparison(
      List<String> medium,
      Bill mediumBill,
      List<String> inTime,
      Bill inTimeBill,
      List<String> fixed,
      Bill fixedBill,
      List<String> median,
      Bill medianBill,
      Bill ours,
      Bill oracle) {}

  private record Charge(double cost, boolean missed) {}

  /**
   * @param recurrences runs a job, at least 1
   * @param deadlineFactor deadline over the fastest measured runtime, at least 1
   */
  public RecurringBill(MeasuredTable table, int recurrences, double deadlineFactor) {
    this.table = table;
    this.recurrences = recurrences;
    this.deadlineFactor = deadlineFactor;
    this.limitSeconds =
        table.jobs().stream()
            .flatMap(j -> j.trials().stream())
            .filter(Trial::completed)
            .mapToDouble(Trial::runtimeSeconds)
            .max()
            .orElse(0);
  }

  /**
   * Adds the bills up over all jobs that have a completed run.
   *
   * @return empty where no candidate was measured for every job, so that no cluster is one for all
   */
  public Optional<Comparison> compare() {
    List<JobHistory> jobs =
        table.jobs().stream().filter(j -> Double.isFinite(j.optimum())).toList();
    List<Candidate> common = common(jobs);
    if (common.isEmpty()) {
      return Optional.empty();
    }
    Candidate medium = medium(common, common);
    Candidate inTime = medium(keeping(common, jobs), common);
    Candidate fixed = fixed(common, jobs).orElse(medium);
    Candidate median = median(common, jobs).orElse(medium);
    return Optional.of(
        new Comparison(
            medium.key(),
            bill(jobs, job -> repeated(job, medium)),
            inTime.key(),
            bill(jobs, job -> repeated(job, inTime)),
            fixed.key(),
            bill(jobs, job -> repeated(job, fixed)),
            median.key(),
            bill(jobs, job -> repeated(job, median)),
            bill(jobs, this::ours),
            bill(jobs, job -> repeated(job, cheapestInTime(job)))));
  }

  private Bill bill(List<JobHistory> jobs, Function<JobHistory, List<Charge>> charges) {
    double cost = 0;
    double ratios = 0;
    int missed = 0;
    for (JobHistory job : jobs) {
      double sum = 0;
      for (Charge charge : charges.apply(job)) {
        sum += charge.cost;
        missed += charge.missed ? 1 : 0;
      }
      cost += sum;
      ratios += sum / recurrences / job.optimum();
    }
    return new Bill(cost, ratios / jobs.size(), missed, jobs.size() * recurrences);
  }

  private List<Charge> repeated(JobHistory job, Candidate candidate) {
    return Collections.nCopies(recurrences, charge(job, candidate));
  }

  private Charge charge(JobHistory job, Candidate candidate) {
    Trial trial = job.on(candidate).orElseThrow();
    return trial.completed()
        ? new Charge(trial.cost(), trial.runtimeSeconds() > deadline(job))
        : new Charge(candidate.pricePerHour() * limitSeconds / 3600, true);
  }

  private double deadline(JobHistory job) {
    return deadlineFactor
        * job.trials().stream()
            .filter(Trial::completed)
            .mapToDouble(Trial::runtimeSeconds)
            .min()
            .orElseThrow();
  }

  private List<Charge> ours(JobHistory job) {
    List<JobHistory> others = Backtest.others(table, job);
    ConfigurationSelector selector = ConfigurationSelector.learn(others);
    List<Candidate> candidates = job.trials().stream().map(Trial::candidate).toList();
    double deadline = deadline(job);
    List<Trial> trials = new ArrayList<>();
    List<Charge> charges = new ArrayList<>();
    Candidate next =
        fixed(common(others), others)
            .filter(c -> job.on(c).isPresent())
            .orElseGet(() -> selector.first(job.description(), candidates));
    while (true) {
      trials.add(job.on(next).orElseThrow());
      charges.add(charge(job, next));
      if (charges.size() == recurrences) {
        return charges;
      }
      Optional<Trial> best =
          trials.stream()
              .filter(t -> t.completed() && t.runtimeSeconds() <= deadline)
              .min(Comparator.comparingDouble(Trial::cost));
      Optional<Candidate> worthwhile =
          worthwhile(selector, job, candidates, trials, best, recurrences - charges.size());
      if (worthwhile.isEmpty()) {
        Candidate settled = best.map(Trial::candidate).orElseGet(() -> trials.get(0).candidate());
        charges.addAll(Collections.nCopies(recurrences - charges.size(), charge(job, settled)));
        return charges;
      }
      next = worthwhile.get();
    }
  }

  /** The candidate whose try pays most over the remaining runs. */
  private Optional<Candidate> worthwhile(
      ConfigurationSelector selector,
      JobHistory job,
      List<Candidate> candidates,
      List<Trial> trials,
      Optional<Trial> best,
      int remaining) {
    if (trials.stream().noneMatch(Trial::completed)) {
      return Optional.of(selector.next(job.description(), candidates, trials));
    }
    double deadline = deadline(job);
    List<Forecast> untried =
        selector.forecast(job.description(), candidates, trials).stream()
            .filter(f -> trials.stream().noneMatch(t -> isOn(t, f.candidate())))
            .toList();
    if (best.isEmpty()) {
      return untried.stream()
          .max(Comparator.comparingDouble(f -> (1 - f.risk()) * f.withinSeconds(deadline)))
          .map(Forecast::candidate);
    }
    double bestCost = best.get().cost();
    return untried.stream()
        .filter(f -> f.risk() < RISK_LIMIT && f.withinSeconds(deadline) >= CONFIDENCE)
        .filter(f -> gain(f, bestCost, remaining) > 0)
        .max(Comparator.comparingDouble(f -> gain(f, bestCost, remaining)))
        .map(Forecast::candidate);
  }

  private static boolean isOn(Trial trial, Candidate candidate) {
    return trial.candidate().key().equals(candidate.key());
  }

  private static double gain(Forecast forecast, double bestCost, int remaining) {
    return forecast.expectedImprovement(bestCost) * (remaining - 1)
        - Math.max(0, forecast.expectedCost() - bestCost)
        - LEAST_GAIN * bestCost;
  }

  private Candidate cheapestInTime(JobHistory job) {
    double deadline = deadline(job);
    return job.trials().stream()
        .filter(t -> t.completed() && t.runtimeSeconds() <= deadline)
        .min(Comparator.comparingDouble(Trial::cost))
        .orElseThrow()
        .candidate();
  }

  private static List<Candidate> common(List<JobHistory> jobs) {
    return jobs.get(0).trials().stream()
        .map(Trial::candidate)
        .filter(c -> jobs.stream().allMatch(j -> j.on(c).isPresent()))
        .toList();
  }

  private long missed(Candidate candidate, List<JobHistory> jobs) {
    return jobs.stream().filter(job -> charge(job, candidate).missed).count();
  }

  /** Those that miss the fewest deadlines. */
  private List<Candidate> keeping(List<Candidate> candidates, List<JobHistory> jobs) {
    long fewest = candidates.stream().mapToLong(c -> missed(c, jobs)).min().orElseThrow();
    return candidates.stream().filter(c -> missed(c, jobs) == fewest).toList();
  }

  private Optional<Candidate> fixed(List<Candidate> candidates, List<JobHistory> jobs) {
    Comparator<Candidate> order =
        Comparator.<Candidate>comparingLong(c -> missed(c, jobs))
            .thenComparingDouble(c -> jobs.stream().mapToDouble(j -> charge(j, c).cost).sum());
    return candidates.stream().min(order);
  }

  private Optional<Candidate> median(List<Candidate> candidates, List<JobHistory> jobs) {
    List<Candidate> ordered =
        candidates.stream()
            .filter(c -> jobs.stream().allMatch(j -> j.on(c).orElseThrow().completed()))
            .sorted(
                Comparator.comparingDouble(
                    c -> jobs.stream().mapToDouble(j -> charge(j, c).cost).sum()))
            .toList();
    return ordered.isEmpty() ? Optional.empty() : Optional.of(ordered.get(ordered.size() / 2));
  }

  /** Of {@code from} the nearest to the medians of {@code candidates}. */
  private static Candidate medium(List<Candidate> from, List<Candidate> candidates) {
    double nodes = median(candidates, Candidate::nodes);
    boolean shaped = candidates.stream().allMatch(Candidate::hasShape);
    double cores = shaped ? median(candidates, Candidate::coresPerNode) : 1;
    double memory = shaped ? median(candidates, c -> c.memoryGbPerNode() / c.coresPerNode()) : 1;
    double price = median(candidates, c -> c.pricePerHour() / c.nodes());
    return from.stream()
        .min(
            Comparator.<Candidate>comparingDouble(
                    c ->
                        apart(c.nodes(), nodes)
                            + (shaped
                                ? apart(c.coresPerNode(), cores)
                                    + apart(c.memoryGbPerNode() / c.coresPerNode(), memory)
                                : apart(c.pricePerHour() / c.nodes(), price)))
                .thenComparingDouble(Candidate::pricePerHour))
        .orElseThrow();
  }

  private static double apart(double value, double middle) {
    return Math.abs(Math.log(value / middle));
  }

  private static double median(List<Candidate> candidates, ToDoubleFunction<Candidate> value) {
    double[] sorted = candidates.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
