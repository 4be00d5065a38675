package dev.tributary.predictor.memory;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.NonNegativeLeastSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Fits the peak memory of an executor, MB, from a job's runs.
 *
 * <p>The peak of a finished run is what the heap held, garbage included, so it grows with the heap
 * that happened to be there. A finished run of at least the same work in less memory shows that the
 * rest was garbage: peaks are cut to that memory, unless a run of no more work ran out of as much.
 * Where the runs show it, garbage is a term of its own, in proportion to the memory that is there
 * (told from work by a workload that was measured in several memories): ask for the bound in the
 * memory that an executor would have.
 *
 * <p>Runs that finished without a measured peak show what memory suffices, no more.
 *
 * <p>The cut peaks are fitted by non-negative least squares on relative errors; the terms are
 * chosen by leaving one workload out at a time, and the same left-out ratios give the bound (split
 * conformal, one-sided). See {@link MemoryModel} for what is never gone below.
 */
public final class MemoryModels {
  /** A run's feature: heap and off-heap memory that its executors were given, MB. */
  public static final String EXECUTOR_MEMORY = "executor_memory_mb";

  private static final double CONVERGED = 1e-10;
  private static final int MOST_RUNS = 400;
  private static final double SIMPLER = 0.9;

  private MemoryModels() {}

  /**
   * The model of a job.
   *
   * @param runs of one job, in any order; those that ran out of memory count
   * @return empty where no run measured its peak and none ran out of memory
   */
  public static Optional<JobModel> fit(List<Run> runs) {
    List<Evidence> evidence =
        latest(distinct(runs)).stream()
            .map(Evidence::of)
            .filter(run -> run.finished() || run.outOfMemory())
            .toList();
    if (evidence.stream().noneMatch(run -> run.measured() || run.outOfMemory())) {
      return Optional.empty();
    }
    return Optional.of(model(cut(evidence), evidence));
  }

  /** A run that is given twice says nothing twice. */
  private static List<Run> distinct(List<Run> runs) {
    Map<String, Run> byId = new LinkedHashMap<>();
    runs.forEach(run -> byId.putIfAbsent(run.id(), run));
    return List.copyOf(byId.values());
  }

  /** Oldest first, whatever the order that they were given in. */
  private static List<Run> latest(List<Run> runs) {
    return runs.stream()
        .sorted(
            java.util.Comparator.comparing(
                    (Run run) -> run.started().orElse(java.time.Instant.EPOCH))
                .thenComparing(Run::id))
        .skip(Math.max(0, runs.size() - MOST_RUNS))
        .toList();
  }

  /** Peaks without what a run in less memory shows to be garbage. */
  private static List<Evidence> cut(List<Evidence> evidence) {
    List<Evidence> cut = new ArrayList<>();
    for (Evidence run : evidence) {
      double peak = run.peakMb();
      for (Evidence other : evidence) {
        if (run.measured()
            && other.finished()
            && other.memoryMb() < peak
            && other.atLeast(run)
            && !refuted(other, evidence)) {
          peak = other.memoryMb();
        }
      }
      cut.add(run.withPeak(peak));
    }
    return cut;
  }

  /** Whether a run of no more work ran out of at least the memory that this one finished in. */
  static boolean refuted(Evidence finished, List<Evidence> evidence) {
    return evidence.stream()
        .anyMatch(
            run ->
                run.outOfMemory()
                    && run.memoryMb() >= finished.memoryMb()
                    && finished.atLeast(run));
  }

  private static MemoryModel model(List<Evidence> evidence, List<Evidence> uncut) {
    List<Evidence> points = new ArrayList<>(evidence.stream().filter(Evidence::measured).toList());
    for (Evidence run : evidence) {
      if (run.outOfMemory() && evidence.stream().noneMatch(o -> o.finished() && o.atLeast(run))) {
        points.add(run.withPeak(run.raisedMb()));
      }
    }
    List<String> names =
        List.copyOf(
            points.stream()
                .flatMap(run -> run.inputs().keySet().stream())
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    double[] scales =
        names.stream()
            .mapToDouble(
                name ->
                    Math.max(
                        1e-300,
                        points.stream()
                            .mapToDouble(run -> run.inputs().getOrDefault(name, 0.0))
                            .max()
                            .orElse(1)))
            .toArray();
    List<List<Evidence>> groups = groups(points);
    // From simple to rich: a richer one has to be clearly better.
    Basis best = Basis.CONSTANT;
    double[] ratios = ratios(best, names, scales, groups);
    double error = error(ratios);
    for (Basis basis : Basis.toldBy(groups)) {
      if (basis == Basis.CONSTANT || groups.size() < 3) {
        continue;
      }
      double[] others = ratios(basis, names, scales, groups);
      if (error(others) < SIMPLER * error) {
        best = basis;
        ratios = others;
        error = error(others);
      }
    }
    return new MemoryModel(
        best,
        names,
        scales,
        coefficients(best, names, scales, points),
        ratios,
        evidence,
        peaks(uncut, names, scales));
  }

  private static Optional<PeakFit> peaks(
      List<Evidence> uncut, List<String> names, double[] scales) {
    List<Evidence> measured = uncut.stream().filter(Evidence::measured).toList();
    return measured.isEmpty()
        ? Optional.empty()
        : Optional.of(new PeakFit(measured, names, scales));
  }

  /** Runs of one workload, which are left out together; each run where all are of one. */
  private static List<List<Evidence>> groups(List<Evidence> points) {
    Map<Object, List<Evidence>> groups = Evidence.byWorkload(points);
    return groups.size() > 1
        ? List.copyOf(groups.values())
        : points.stream().map(List::of).toList();
  }

  /** Actual over predicted, each workload predicted from the others; empty for one run. */
  private static double[] ratios(
      Basis basis, List<String> names, double[] scales, List<List<Evidence>> groups) {
    List<Double> ratios = new ArrayList<>();
    for (List<Evidence> left : groups.size() > 1 ? groups : List.<List<Evidence>>of()) {
      List<Evidence> rest =
          groups.stream().filter(group -> group != left).flatMap(List::stream).toList();
      double[] coefficients = coefficients(basis, names, scales, rest);
      for (Evidence run : left) {
        ratios.add(
            run.peakMb()
                / MemoryModel.value(
                    basis.terms(names, scales, run.inputs(), run.cluster()), coefficients));
      }
    }
    return ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** Mean absolute logarithm of what was left out over what was said; huge for none. */
  static double error(double[] ratios) {
    return Arrays.stream(ratios).map(ratio -> Math.abs(Math.log(ratio))).average().orElse(1e9);
  }

  static double[] coefficients(
      Basis basis, List<String> names, double[] scales, List<Evidence> points) {
    if (points.isEmpty()) {
      return new double[basis.terms(names, scales, Map.of(), new Cluster("none", 1, 1, 1)).length];
    }
    double[][] rows = new double[points.size()][];
    for (int i = 0; i < rows.length; i++) {
      Evidence point = points.get(i);
      Cluster cluster = point.cluster();
      rows[i] = basis.terms(names, scales, point.inputs(), cluster);
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] /= point.peakMb();
      }
    }
    double[] ones = new double[rows.length];
    Arrays.fill(ones, 1);
    return NonNegativeLeastSquares.solve(rows, ones, new double[rows[0].length], CONVERGED);
  }
}
