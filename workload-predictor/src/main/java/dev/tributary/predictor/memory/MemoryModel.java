package dev.tributary.predictor.memory;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory of an executor, MB.
 *
 * <p>The prediction is of the peak in the memory that is there ({@link PeakFit}); its upper end is
 * never below the peak of a run of no more work in no more memory.
 *
 * <p>What suffices is the bound of the fit to the peaks without what is shown to be garbage, but
 * never below
 *
 * <ul>
 *   <li>{@link #LEAST_MARGIN} × the peak of any finished run of comparable work: inputs no more
 *       than a quarter greater, and, where the runs show that workers share the work, no fewer
 *       workers,
 *   <li>half as much again as an executor had that ran out of it with comparable work, or, where
 *       that is less, the least greater memory in which at least this work finished,
 *   <li>the fit in proportion to the cores, where an executor gets more cores than any run had.
 * </ul>
 *
 * <p>For inputs beyond all that finished, the first grows in proportion to the inputs. Where runs
 * of at least this work finished in less, that is enough, and a tenth more.
 */
final class MemoryModel implements ExecutorMemory {
  /** Over a peak that was seen: what is live at the peak has to fit into a part of the heap. */
  static final double LEAST_MARGIN = 1.25;

  /** Over the memory of an executor that did: runs of the same work differ a little. */
  private static final double SPARE = 1.1;

  /** Over the fit while one run only is known. */
  private static final double FIRST_MARGIN = 1.5;

  private static final double FARTHEST = 3;

  private static final int KNOWN_RUNS = 3;
  private static final double KNOWN_BEYOND = 1.25;

  private static final int MOST_SHOWN = 1_000;

  /** What an executor is asked to do, whatever its memory. */
  private record Work(int workers, int cores, Map<String, Double> inputs) {}

  /** The least and the most that suffices by what runs show. */
  private record Shown(double least, double most) {}

  private final Map<Work, Shown> shown = new ConcurrentHashMap<>();
  private final Basis basis;
  private final List<String> names;
  private final double[] scales;
  private final double[] reach;
  private final double[] coefficients;
  private final double[] ratios;
  private final long finished;
  private final List<Evidence> evidence;
  private final Optional<PeakFit> peaks;

  /** What finished in a known memory, and no run of no more work ran out of as much. */
  private final List<Evidence> did;

  /** Greatest peak over the memory there was, at least 1: what is measured may be more than it. */
  private final double fullest;

  private final int mostCores;
  private final String fitted;
  private final String name;

  MemoryModel(
      Basis basis,
      List<String> names,
      double[] scales,
      double[] coefficients,
      double[] ratios,
      List<Evidence> evidence,
      Optional<PeakFit> peaks) {
    this.peaks = peaks;
    this.did =
        evidence.stream()
            .filter(run -> run.finished() && run.measured() && !Double.isNaN(run.executorMb()))
            .filter(run -> !MemoryModels.refuted(run, evidence))
            .toList();
    this.fullest =
        evidence.stream()
            .filter(Evidence::measured)
            .mapToDouble(run -> run.peakMb() / run.cluster().memoryMbPerWorker())
            .reduce(1, Math::max);
    this.basis = basis;
    this.names = names;
    this.scales = scales;
    this.coefficients = coefficients;
    this.ratios = ratios;
    this.evidence = List.copyOf(evidence);
    this.reach =
        names.stream()
            .mapToDouble(
                name ->
                    evidence.stream()
                        .filter(Evidence::finished)
                        .mapToDouble(run -> run.inputs().getOrDefault(name, 0.0))
                        .max()
                        .orElse(0))
            .toArray();
    this.finished = evidence.stream().filter(Evidence::finished).count();
    this.fitted = "fitted to %d runs that finished".formatted(finished);
    this.name = "memory-" + basis.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    this.mostCores =
        evidence.stream().mapToInt(run -> run.cluster().coresPerWorker()).max().orElse(1);
  }

  static double value(double[] terms, double[] coefficients) {
    double value = 0;
    for (int i = 0; i < terms.length; i++) {
      value += terms[i] * coefficients[i];
    }
    return Math.max(value, 1);
  }

  @Override
  public Prediction predict(Cluster cluster, Map<String, Double> inputs, double confidence) {
    double beyond = beyond(inputs);
    boolean known =
        finished >= KNOWN_RUNS && beyond <= KNOWN_BEYOND && inputs.keySet().containsAll(names);
    double fit;
    double margin;
    double least = 0;
    if (peaks.isPresent()) {
      fit = peaks.get().expected(inputs, cluster) * crowd(cluster);
      margin = peaks.get().margin(inputs, cluster, confidence);
      least = peaks.get().observed(inputs, cluster);
    } else {
      fit = fit(cluster, inputs);
      margin = margin(confidence);
      least = floor(cluster, inputs, 1);
    }
    double upper =
        Math.min(
            cluster.memoryMbPerWorker() * fullest,
            Math.max(fit * stretched(margin, beyond), least));
    fit = Math.min(fit, upper);
    return new Prediction(
        fit, fit / margin, upper, confidence, known, name, reason(known, beyond, inputs));
  }

  @Override
  public double sufficientMb(Cluster cluster, Map<String, Double> inputs, double confidence) {
    double beyond = Math.min(beyond(inputs), FARTHEST);
    double margin = stretched(margin(confidence), beyond);
    Shown runs = shown(cluster, inputs, beyond);
    return Math.min(Math.max(fit(cluster, inputs) * margin, runs.least()), runs.most());
  }

  /** Of the runs themselves, whatever memory is asked in: kept for other sizes of a candidate. */
  private Shown shown(Cluster cluster, Map<String, Double> inputs, double beyond) {
    Work work = new Work(cluster.workers(), cluster.coresPerWorker(), Map.copyOf(inputs));
    Shown kept = shown.get(work);
    if (kept != null) {
      return kept;
    }
    if (shown.size() >= MOST_SHOWN) {
      shown.clear();
    }
    Shown found = new Shown(floor(cluster, inputs, beyond), enough(cluster, inputs));
    shown.put(work, found);
    return found;
  }

  /** What runs of at least this work did with, and a little more; infinite where none did. */
  private double enough(Cluster cluster, Map<String, Double> inputs) {
    return did.stream()
        .filter(run -> run.atLeast(inputs, cluster))
        .mapToDouble(run -> Math.max(run.executorMb() * SPARE, run.peakMb() * LEAST_MARGIN))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private double fit(Cluster cluster, Map<String, Double> inputs) {
    return value(basis.terms(names, scales, inputs, cluster), coefficients) * crowd(cluster);
  }

  private double crowd(Cluster cluster) {
    return Math.max(1, (double) cluster.coresPerWorker() / mostCores);
  }

  private static double stretched(double margin, double beyond) {
    return margin * (1 + (Math.min(beyond, FARTHEST) - 1) / 2);
  }

  private String reason(boolean known, double beyond, Map<String, Double> inputs) {
    if (known) {
      return fitted;
    }
    if (!inputs.keySet().containsAll(names)) {
      return "the inputs %s are not all given".formatted(names);
    }
    return beyond > KNOWN_BEYOND
        ? "an input is %.2f times the greatest seen".formatted(beyond)
        : "%d runs finished; %d are wanted".formatted(finished, KNOWN_RUNS);
  }

  /** How far an input lies beyond all runs that finished: 1 within, 2 for twice as much. */
  private double beyond(Map<String, Double> inputs) {
    double beyond = 1;
    for (int i = 0; i < reach.length; i++) {
      double value = inputs.getOrDefault(names.get(i), 0.0);
      if (value > reach[i]) {
        beyond = Math.max(beyond, value / reach[i]);
      }
    }
    return beyond;
  }

  /**
   * Bound over fit. The quantile of the left-out ratios of order ⌈(n + 1)·confidence⌉; with fewer
   * runs than that takes, the greatest ratio, and as far again as it is from 1, over n.
   */
  private double margin(double confidence) {
    int n = ratios.length;
    if (n == 0) {
      return FIRST_MARGIN;
    }
    int order = (int) Math.ceil((n + 1) * confidence);
    double ratio = ratios[Math.min(order, n) - 1];
    if (order > n) {
      ratio += Math.max(0, ratio - 1) / n;
    }
    return Math.max(ratio, LEAST_MARGIN);
  }

  private double floor(Cluster cluster, Map<String, Double> inputs, double beyond) {
    double floor = 0;
    boolean shared = basis.hasShares();
    for (Evidence run : evidence) {
      if (!run.comparable(inputs) || shared && run.cluster().workers() < cluster.workers()) {
        continue;
      }
      if (run.outOfMemory()) {
        floor = Math.max(floor, raised(run, cluster, inputs));
      } else if (run.measured()) {
        floor = Math.max(floor, run.peakMb() * LEAST_MARGIN * beyond);
      }
    }
    return floor;
  }

  private double raised(Evidence failed, Cluster cluster, Map<String, Double> inputs) {
    double enough =
        evidence.stream()
            .filter(
                run ->
                    run.finished()
                        && run.memoryMb() > failed.memoryMb()
                        && run.atLeast(inputs, cluster))
            .mapToDouble(Evidence::memoryMb)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return Math.min(failed.raisedMb(), enough);
  }
}
