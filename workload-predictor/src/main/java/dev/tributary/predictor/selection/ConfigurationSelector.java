package dev.tributary.predictor.selection;

import dev.tributary.predictor.PredictorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Chooses what a job should run on from what other jobs did.
 *
 * <p>The first choice minimises the expected cost (see {@code FirstCost}). While there is another
 * it takes no candidate on which a run of another job did not complete, nor, of {@value
 * #FEWEST_SIZES} cluster sizes or more, the smallest. Later choices maximise the probability to
 * fall below the best cost by {@value #GAIN} (Kushner 1964), lowered near this job's own runs that
 * did not complete. Where {@value #STUCK} runs in a row lowered the best cost by less than that, it
 * is the candidate of which least is known: the neighbours of a local optimum always promise a
 * little, and what lies beyond, such as a memory that holds all data, is never tried for it.
 *
 * <p>Deterministic; ties go to the earlier candidate. Costs are in one currency throughout.
 */
public final class ConfigurationSelector {
  private static final double GAIN = 0.02;
  private static final double RISK_WEIGHT = 0.5;
  private static final double OWN_FAILURE = 0.9;
  private static final int STUCK = 4;
  private static final int FEWEST_SIZES = 4;

  private final List<JobHistory> others;

  private ConfigurationSelector(List<JobHistory> others) {
    this.others = others;
  }

  /**
   * @param others measured runs of other jobs, at least one job with a completed run
   */
  public static ConfigurationSelector learn(List<JobHistory> others) {
    List<JobHistory> usable =
        others.stream()
            .filter(o -> o.trials().stream().anyMatch(Trial::completed))
            .sorted(Comparator.comparing(o -> o.description().job()))
            .toList();
    if (usable.isEmpty()) {
      throw PredictorException.usage(
          "no other job has a completed run",
          "a configuration is chosen from what other jobs did",
          "give measured runs of at least one job");
    }
    return new ConfigurationSelector(usable);
  }

  /** What to run a job on that has no run yet. */
  public Candidate first(JobDescription job, List<Candidate> candidates) {
    requireCandidates(candidates);
    return candidates.get(first(job, new CostPrior(job, candidates, others)));
  }

  /**
   * The candidates for a job that has no run yet, {@link #first} first: those it would take, by
   * expected cost, then those that it avoids.
   */
  public List<Candidate> ranked(JobDescription job, List<Candidate> candidates) {
    requireCandidates(candidates);
    return ranked(job, new CostPrior(job, candidates, others)).stream()
        .map(candidates::get)
        .toList();
  }

  /**
   * What to try next.
   *
   * @param trials the job's runs so far, on candidates of the list
   * @return a candidate without a run; the best one where all have one
   */
  public Candidate next(JobDescription job, List<Candidate> candidates, List<Trial> trials) {
    requireCandidates(candidates);
    CostPrior prior = new CostPrior(job, candidates, others);
    return trials.isEmpty()
        ? candidates.get(first(job, prior))
        : candidates.get(next(job, prior, new Seen(candidates, trials)));
  }

  /**
   * What every candidate would cost.
   *
   * @param trials the job's runs so far, at least one completed
   */
  public List<Forecast> forecast(
      JobDescription job, List<Candidate> candidates, List<Trial> trials) {
    requireCandidates(candidates);
    CostPrior prior = new CostPrior(job, candidates, others);
    Seen seen = new Seen(candidates, trials);
    if (!seen.anyCompleted()) {
      throw PredictorException.usage(
          "job '%s' has no completed run".formatted(job.job()),
          "its level of cost is not known",
          "choose with first or next until a run completes");
    }
    CostPosterior posterior = new CostPosterior(job, prior, seen.indices(), seen.logCosts());
    return IntStream.range(0, candidates.size())
        .mapToObj(
            i -> {
              double[] moments = posterior.moments(i);
              double risk =
                  prior.unsafe()[i] ? 1 : Math.max(prior.risk()[i], ownRisk(prior, seen, i));
              return new Forecast(candidates.get(i), moments[0], moments[1], risk);
            })
        .toList();
  }

  private static int first(JobDescription job, CostPrior prior) {
    return ranked(job, prior).get(0);
  }

  private static List<Integer> ranked(JobDescription job, CostPrior prior) {
    double[] cost = FirstCost.of(job, prior);
    boolean[] avoided = avoided(prior);
    return IntStream.range(0, cost.length)
        .boxed()
        .sorted(
            Comparator.<Integer, Boolean>comparing(i -> avoided[i])
                .thenComparingDouble(i -> cost[i]))
        .toList();
  }

  private static boolean[] avoided(CostPrior prior) {
    boolean[] avoided = prior.unsafe().clone();
    double smallest = smallestToAvoid(prior.candidates());
    for (int i = 0; i < avoided.length; i++) {
      avoided[i] |= prior.candidates().get(i).nodes() <= smallest;
    }
    return avoided;
  }

  /** The fewest nodes on offer, 0 where there are few sizes: the smallest clusters fail most. */
  private static double smallestToAvoid(List<Candidate> candidates) {
    double[] sizes = candidates.stream().mapToDouble(Candidate::nodes).distinct().toArray();
    return sizes.length < FEWEST_SIZES ? 0 : Arrays.stream(sizes).min().orElseThrow();
  }

  private static int next(JobDescription job, CostPrior prior, Seen seen) {
    int n = prior.mean().length;
    double[] merit = new double[n];
    if (seen.anyCompleted()) {
      CostPosterior posterior = new CostPosterior(job, prior, seen.indices(), seen.logCosts());
      boolean explores = seen.isStuck();
      for (int i = 0; i < n; i++) {
        double value = explores ? posterior.moments(i)[1] : posterior.improves(i, GAIN);
        merit[i] = value * (1 - RISK_WEIGHT * prior.risk()[i]);
      }
    } else {
      double[] cost = FirstCost.of(job, prior);
      boolean[] avoided = avoided(prior);
      for (int i = 0; i < n; i++) {
        merit[i] = (avoided[i] ? 0.5 : 1) / cost[i];
      }
    }
    return IntStream.range(0, n)
        .filter(i -> !seen.has(i))
        .boxed()
        .max(
            Comparator.<Integer>comparingDouble(i -> merit[i] * (1 - ownRisk(prior, seen, i)))
                .thenComparing(Comparator.reverseOrder()))
        .orElseGet(seen::bestIndex);
  }

  /** How near a candidate is to this job's runs that did not complete, 0 to 1. */
  private static double ownRisk(CostPrior prior, Seen seen, int candidate) {
    double safe = 1;
    for (int k = 0; k < seen.size(); k++) {
      if (Double.isNaN(seen.logCosts()[k])) {
        double squared = 0;
        for (int d = 0; d < prior.points()[candidate].length; d++) {
          double difference = prior.points()[candidate][d] - prior.points()[seen.indices()[k]][d];
          squared += difference * difference;
        }
        safe *= 1 - OWN_FAILURE * Math.exp(-squared / 2);
      }
    }
    return 1 - safe;
  }

  private static void requireCandidates(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      throw PredictorException.usage(
          "there is no candidate", null, "give at least one configuration to choose from");
    }
  }

  /** The job's own runs, by index of their candidate. */
  private static final class Seen {
    private final List<Integer> indices = new ArrayList<>();
    private final List<Double> logCosts = new ArrayList<>();

    Seen(List<Candidate> candidates, List<Trial> trials) {
      List<List<String>> keys = candidates.stream().map(Candidate::key).toList();
      for (Trial trial : trials) {
        int index = keys.indexOf(trial.candidate().key());
        if (index >= 0) {
          indices.add(index);
          logCosts.add(trial.completed() ? Math.log(trial.cost()) : Double.NaN);
        }
      }
    }

    int size() {
      return indices.size();
    }

    boolean has(int index) {
      return indices.contains(index);
    }

    boolean anyCompleted() {
      return logCosts.stream().anyMatch(c -> !c.isNaN());
    }

    int[] indices() {
      return indices.stream().mapToInt(Integer::intValue).toArray();
    }

    double[] logCosts() {
      return logCosts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Whether as many runs as {@value #STUCK}, or a multiple, passed since the best cost fell. */
    boolean isStuck() {
      double best = Double.POSITIVE_INFINITY;
      int latest = 0;
      for (int k = 0; k < size(); k++) {
        double cost = logCosts.get(k);
        latest = cost < best - GAIN ? k : latest;
        best = cost < best ? cost : best;
      }
      int since = size() - 1 - latest;
      return since > 0 && since % STUCK == 0;
    }

    int bestIndex() {
      OptionalInt best =
          IntStream.range(0, size())
              .filter(k -> !logCosts.get(k).isNaN())
              .boxed()
              .min(Comparator.comparing(logCosts::get))
              .map(OptionalInt::of)
              .orElse(OptionalInt.empty());
      return indices.get(best.orElse(0));
    }
  }
}
