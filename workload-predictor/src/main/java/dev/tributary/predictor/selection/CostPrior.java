package dev.tributary.predictor.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What other jobs say of the logarithm of a new job's cost on every candidate, before its first
 * run: a Gaussian process whose mean is the weighted mean of the other jobs' logarithms (each less
 * its own level) and whose covariance is theirs, plus what a small set of jobs cannot show. This is
 * the shared empirical prior of Wang et al., Pre-trained Gaussian Processes for Bayesian
 * Optimization (2021), with these additions.
 *
 * <p>What another job pays for data that do not fit into memory ({@link WorkingSet}) is taken out
 * of its costs: it depends on its data, not on the new job's. Beside the jobs stands a typical one,
 * which counts {@value #TYPICAL_WEIGHT} of an algorithm: it pays the price an hour, and on twice
 * the cores e to the power of {@value #TYPICAL_SLOPE} times as much, since it is a third faster and
 * no more (the middle of what C3O's sort, grep and pagerank do). It keeps one other job that scales
 * well from asking for a huge cluster.
 *
 * <p>Four terms of doubt are added to the covariance:
 *
 * <ul>
 *   <li>a smooth difference over nodes, cores and memory a core (squared exponential);
 *   <li>a slope over memory a core, for engines that cache: each halving below the largest offer is
 *       a doubt, so that the expected cost of a log-normal leans to the general machine where
 *       nothing is known of the job's memory;
 *   <li>a slope over the number of cores: how well a job scales is its own;
 *   <li>a Wiener process over total memory: a job may change its pace once its data fit.
 * </ul>
 *
 * <p>All values are natural logarithms of cost. The constants are priors, the same for every table.
 */
final class CostPrior {
  private static final double TYPICAL_WEIGHT = 0.5;
  private static final double TYPICAL_SLOPE = 0.4;
  private static final double CORES_DOUBT = 0.15;
  private static final double FIT_DOUBT = 0.1;
  private static final double OTHER_FRAMEWORK = 0.25;
  private static final double UNFINISHED = Math.log(1.5);
  private static final double[] LENGTHS = {1.5, 2.0, 1.5};
  private static final double RISK_SHARPNESS = 4;

  private final List<Candidate> candidates;
  private final double[][] points;
  private final boolean caches;
  private final double[] mean;
  private final double[][] covariance;
  private final double[] risk;
  private final boolean[] unsafe;

  CostPrior(JobDescription job, List<Candidate> candidates, List<JobHistory> others) {
    this.candidates = candidates;
    this.points = points(candidates);
    this.caches = job.mayCache();
    int n = candidates.size();
    double[][] costs = logCosts(others, candidates);
    boolean[][] failed = failures(others, candidates);
    double[] weights = weights(job, others);
    double[][] filled = withTypical(withoutWorkingSets(others, costs, failed));
    this.mean = new double[n];
    for (int j = 0; j < filled.length; j++) {
      for (int i = 0; i < n; i++) {
        mean[i] += weights[j] * filled[j][i];
      }
    }
    this.covariance = covariance(filled, weights);
    this.unsafe = new boolean[n];
    for (boolean[] row : failed) {
      for (int i = 0; i < n; i++) {
        unsafe[i] |= row[i];
      }
    }
    this.risk = risk(failed);
  }

  double[] mean() {
    return mean;
  }

  /** Share of other jobs' runs near each candidate that did not complete. */
  double[] risk() {
    return risk;
  }

  /** Where a run of another job did not complete. */
  boolean[] unsafe() {
    return unsafe;
  }

  /** Positions of the candidates: log₂ of nodes, of cores a node, of memory a core. */
  double[][] points() {
    return points;
  }

  /**
   * The covariance.
   *
   * @param smooth standard deviation of the smooth difference
   * @param memoryDoubt standard deviation of the slope over memory a core, for engines that cache
   */
  double[][] covariance(double smooth, double memoryDoubt) {
    int n = mean.length;
    double slope = caches ? memoryDoubt * memoryDoubt : 0;
    double[] perCore = column(points, 2);
    double most = Arrays.stream(perCore).max().orElse(0);
    double[][] result = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        result[a][b] =
            covariance[a][b]
                + slope * (most - perCore[a]) * (most - perCore[b])
                + smooth * smooth * Math.exp(-squared(points[a], points[b]) / 2);
      }
    }
    return result;
  }

  /** The jobs' log costs without their levels, and without what data cost that do not fit. */
  private double[][] withoutWorkingSets(
      List<JobHistory> others, double[][] costs, boolean[][] failed) {
    double[][] filled = new Filling(points, LENGTHS).fill(costs, failed, UNFINISHED);
    double[] memory = candidates.stream().mapToDouble(Candidate::memoryGb).toArray();
    for (int j = 0; j < filled.length; j++) {
      if (others.get(j).description().mayCache()) {
        double[] row = filled[j];
        WorkingSet.find(points, memory, costs[j])
            .ifPresent(
                set -> {
                  for (int i = 0; i < row.length; i++) {
                    row[i] -= set.extra(memory[i]);
                  }
                });
        centre(row);
      }
    }
    return filled;
  }

  /** The typical job as the last row. */
  private double[][] withTypical(double[][] rows) {
    double[] typical = new double[candidates.size()];
    for (int i = 0; i < typical.length; i++) {
      double cores = points[i][0] + points[i][1];
      typical[i] =
          Math.log(candidates.get(i).pricePerHour()) + (TYPICAL_SLOPE - Math.log(2)) * cores;
    }
    centre(typical);
    double[][] all = Arrays.copyOf(rows, rows.length + 1);
    all[rows.length] = typical;
    return all;
  }

  private static void centre(double[] row) {
    double mean = Arrays.stream(row).average().orElse(0);
    for (int i = 0; i < row.length; i++) {
      row[i] -= mean;
    }
  }

  private double[][] covariance(double[][] filled, double[] weights) {
    int n = mean.length;
    double[] perCore = column(points, 2);
    double[] cores = new double[n];
    double[] memory = new double[n];
    for (int i = 0; i < n; i++) {
      cores[i] = points[i][0] + points[i][1];
      memory[i] = cores[i] + points[i][2];
    }
    double middle = Arrays.stream(cores).average().orElse(0);
    double least = Arrays.stream(memory).min().orElse(0);
    double[][] result = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double empirical = 0;
        for (int j = 0; j < filled.length; j++) {
          empirical += weights[j] * (filled[j][a] - mean[a]) * (filled[j][b] - mean[b]);
        }
        result[a][b] =
            empirical
                + CORES_DOUBT * CORES_DOUBT * (cores[a] - middle) * (cores[b] - middle)
                + FIT_DOUBT * FIT_DOUBT * (Math.min(memory[a], memory[b]) - least);
      }
    }
    return result;
  }

  private double[] risk(boolean[][] failed) {
    int n = mean.length;
    double[] result = new double[n];
    if (failed.length == 0) {
      return result;
    }
    for (int a = 0; a < n; a++) {
      double all = 0;
      double bad = 0;
      for (int b = 0; b < n; b++) {
        double near = Math.exp(-squared(points[a], points[b]) / 2 * RISK_SHARPNESS);
        all += near * failed.length;
        for (boolean[] row : failed) {
          bad += row[b] ? near : 0;
        }
      }
      result[a] = bad / all;
    }
    return result;
  }

  /**
   * Every algorithm weighs the same; one of another framework, or less alike, weighs less. The last
   * weight is the typical job's.
   */
  private static double[] weights(JobDescription job, List<JobHistory> others) {
    Map<String, Integer> jobsOf = new HashMap<>();
    others.forEach(o -> jobsOf.merge(o.description().algorithm(), 1, Integer::sum));
    double[] weights = new double[others.size() + 1];
    weights[others.size()] = TYPICAL_WEIGHT;
    for (int j = 0; j < others.size(); j++) {
      JobDescription other = others.get(j).description();
      double like = other.framework().equals(job.framework()) ? 1 : OTHER_FRAMEWORK;
      weights[j] = like * others.get(j).likeness() / jobsOf.get(other.algorithm());
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  private static double[][] logCosts(List<JobHistory> others, List<Candidate> candidates) {
    return others.stream()
        .map(
            o ->
                candidates.stream()
                    .mapToDouble(
                        c ->
                            o.on(c)
                                .filter(Trial::completed)
                                .map(t -> Math.log(t.cost()))
                                .orElse(Double.NaN))
                    .toArray())
        .toArray(double[][]::new);
  }

  private static boolean[][] failures(List<JobHistory> others, List<Candidate> candidates) {
    boolean[][] failed = new boolean[others.size()][candidates.size()];
    for (int j = 0; j < failed.length; j++) {
      for (int i = 0; i < candidates.size(); i++) {
        failed[j][i] = others.get(j).on(candidates.get(i)).filter(t -> !t.completed()).isPresent();
      }
    }
    return failed;
  }

  private static double[][] points(List<Candidate> candidates) {
    boolean shaped = candidates.stream().allMatch(Candidate::hasShape);
    List<double[]> points = new ArrayList<>();
    for (Candidate c : candidates) {
      double nodes = log2(c.nodes());
      points.add(
          shaped
              ? new double[] {
                nodes, log2(c.coresPerNode()), log2(c.memoryGbPerNode() / c.coresPerNode())
              }
              : new double[] {nodes, log2(c.pricePerHour() / c.nodes()), 0});
    }
    return points.toArray(double[][]::new);
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < LENGTHS.length; d++) {
      double difference = (a[d] - b[d]) / LENGTHS[d];
      sum += difference * difference;
    }
    return sum;
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(r -> r[index]).toArray();
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  List<Candidate> candidates() {
    return candidates;
  }
}
