package dev.tributary.predictor.memory;

import dev.tributary.predictor.run.Cluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The peak of an executor in so much memory, garbage included: what the heap will be seen to hold,
 * not what it has to. Non-negative least squares on relative errors; garbage is a term of its own.
 *
 * <p>A workload that was seen is brought to the level of its own runs, n of them counting n to one
 * against the fit of all. The bound is the quantile of actual over predicted of runs left out
 * (split conformal, one-sided), single ones for a workload that was seen, whole workloads for one
 * that was not. The terms are chosen by the same errors.
 */
final class PeakFit {
  private static final double SHRINK = 1;
  private static final double PRIOR_RUNS = 3;
  private static final double PRIOR_DEVIATION = 0.13;
  private static final int MOST_REFITTED = 60;
  private static final int MOST_FOLDS = 40;
  private static final int MOST_KEPT = 20;

  private final List<String> names;
  private final double[] scales;
  private final Map<Object, List<Evidence>> workloads;
  private final Chosen ofSeen;
  private final Chosen ofNew;

  /** A peak as a function of inputs and of the memory that is there. */
  private interface Curve {
    double at(Map<String, Double> inputs, Cluster cluster);
  }

  /** A curve and the sorted ratios of what was left out. */
  private record Chosen(Curve curve, double[] ratios, Map<Double, Double> margins) {
    double margin(double confidence) {
      Double kept = margins.get(confidence);
      if (kept != null) {
        return kept;
      }
      double margin = PeakFit.margin(ratios, confidence);
      if (margins.size() < MOST_KEPT) {
        margins.put(confidence, margin);
      }
      return margin;
    }
  }

  /**
   * @param points runs with a measured peak, not cut
   * @param names of the inputs
   * @param scales greatest value of each
   */
  PeakFit(List<Evidence> points, List<String> names, double[] scales) {
    this.names = names;
    this.scales = scales;
    this.workloads = Evidence.byWorkload(points);
    long repeated = workloads.values().stream().filter(own -> own.size() > 1).count();
    Chosen plain =
        new Chosen(curve(Basis.CONSTANT, points), new double[0], new ConcurrentHashMap<>());
    Chosen other = workloads.size() > 2 ? choose(points, false) : plain;
    this.ofSeen = repeated > 0 ? choose(points, true) : other;
    this.ofNew = workloads.size() > 2 ? other : ofSeen;
  }

  private static Object workload(Evidence run) {
    return Evidence.workload(run.inputs(), run.cluster());
  }

  private boolean isSeen(Map<String, Double> inputs, Cluster cluster) {
    return workloads.containsKey(Evidence.workload(inputs, cluster));
  }

  double expected(Map<String, Double> inputs, Cluster cluster) {
    if (!isSeen(inputs, cluster)) {
      return ofNew.curve().at(inputs, cluster);
    }
    Curve curve = ofSeen.curve();
    return curve.at(inputs, cluster)
        * level(curve, workloads.get(Evidence.workload(inputs, cluster)), null);
  }

  /** Bound over what is expected, at least 1. */
  double margin(Map<String, Double> inputs, Cluster cluster, double confidence) {
    return (isSeen(inputs, cluster) ? ofSeen : ofNew).margin(confidence);
  }

  /** The greatest peak of a run of no more work in no more memory. */
  double observed(Map<String, Double> inputs, Cluster cluster) {
    return workloads.values().stream()
        .flatMap(List::stream)
        .filter(run -> run.cluster().workers() >= cluster.workers())
        .filter(run -> run.cluster().memoryMbPerWorker() <= cluster.memoryMbPerWorker())
        .filter(run -> run.isWithin(inputs))
        .mapToDouble(Evidence::peakMb)
        .max()
        .orElse(0);
  }

  private Chosen choose(List<Evidence> points, boolean seen) {
    Basis best = null;
    double[] ratios = new double[0];
    double least = Double.POSITIVE_INFINITY;
    for (Basis basis : Basis.toldBy(workloads.values())) {
      double[] left = seen ? leavingRunsOut(basis, points) : leavingWorkloadsOut(basis);
      double error = MemoryModels.error(left);
      if (best == null || error < least) {
        best = basis;
        ratios = left;
        least = error;
      }
    }
    return new Chosen(curve(best, points), ratios, new ConcurrentHashMap<>());
  }

  private double[] leavingRunsOut(Basis basis, List<Evidence> points) {
    boolean refitted = points.size() <= MOST_REFITTED;
    Curve all = curve(basis, points);
    List<Double> ratios = new ArrayList<>();
    for (Evidence left : points) {
      List<Evidence> own = workloads.get(workload(left));
      if (own.size() > 1) {
        Curve rest =
            refitted ? curve(basis, points.stream().filter(run -> run != left).toList()) : all;
        ratios.add(left.peakMb() / rest.at(left.inputs(), left.cluster()) / level(rest, own, left));
      }
    }
    return sorted(ratios);
  }

  private double[] leavingWorkloadsOut(Basis basis) {
    List<List<Evidence>> all = List.copyOf(workloads.values());
    int folds = Math.min(all.size(), MOST_FOLDS);
    List<Double> ratios = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Evidence> left = new ArrayList<>();
      List<Evidence> rest = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        (i % folds == fold ? left : rest).addAll(all.get(i));
      }
      Curve curve = curve(basis, rest);
      left.forEach(run -> ratios.add(run.peakMb() / curve.at(run.inputs(), run.cluster())));
    }
    return sorted(ratios);
  }

  /**
   * The quantile of order ⌈(n + 1)·confidence⌉ of the ratios left out; with fewer than that takes,
   * that of the predictive distribution of their logarithms, normal with the prior that counts
   * {@value #PRIOR_RUNS} runs of a deviation of {@value #PRIOR_DEVIATION} and one on the curve
   * (Gelman et al., Bayesian Data Analysis, 3.3). What peaks of heaps are off a smooth curve is
   * much the same from job to job: a few runs alone would say too much of it.
   */
  private static double margin(double[] ratios, double confidence) {
    int n = ratios.length;
    int order = (int) Math.ceil((n + 1) * confidence);
    if (order <= n) {
      return Math.max(1, ratios[order - 1]);
    }
    double[] logs = Arrays.stream(ratios).map(Math::log).toArray();
    double mean = n == 0 ? 0 : StatUtils.mean(logs);
    double away = n == 0 ? 0 : n * StatUtils.populationVariance(logs) + mean * mean * n / (n + 1.0);
    double freedom = n + PRIOR_RUNS;
    double variance =
        (away + PRIOR_RUNS * PRIOR_DEVIATION * PRIOR_DEVIATION) / freedom * (1 + 1 / (n + 1.0));
    double student = new TDistribution(null, freedom).inverseCumulativeProbability(confidence);
    return Math.max(1, Math.exp(mean * n / (n + 1.0) + student * Math.sqrt(variance)));
  }

  private static double[] sorted(List<Double> ratios) {
    return ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The level of a workload's runs over the curve, shrunk to 1. */
  private static double level(Curve curve, List<Evidence> own, Evidence without) {
    double logs = 0;
    int runs = 0;
    for (Evidence run : own) {
      if (run != without) {
        logs += Math.log(run.peakMb() / curve.at(run.inputs(), run.cluster()));
        runs++;
      }
    }
    return Math.exp(logs / (runs + SHRINK));
  }

  private Curve curve(Basis basis, List<Evidence> points) {
    double[] coefficients = MemoryModels.coefficients(basis, names, scales, points);
    return (inputs, cluster) ->
        MemoryModel.value(basis.terms(names, scales, inputs, cluster), coefficients);
  }
}
