package dev.tributary.predictor.memory;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Holds memory sizing against a grid of runs (job × executor memory × inputs).
 *
 * <p>A trial draws a workload (a job with its inputs) and a training set by the bootstrap from the
 * job's other runs, and sizes an executor for the workload. It is under-sized when that is no more
 * than the greatest memory in which the workload did not finish, or less than its peak. The peak is
 * that of the run in the least memory that finished: there the collector left least garbage.
 *
 * <p>{@link Protocol#NEW_WORKLOAD} trains on other workloads only. {@link Protocol#RECURRING}
 * trains on the workload's own runs too, but for one that is drawn. Where the model does not know,
 * the known-safe memory stands: the greatest in which a run of the training set finished, half as
 * much again if one ran out of that; these trials count like the others.
 */
public final class MemoryEvaluation {
  private static final double CONFIDENCE = 0.95;
  private static final double RAISE = 1.5;

  private MemoryEvaluation() {}

  /** What a trial may learn from. */
  public enum Protocol {
    NEW_WORKLOAD,
    RECURRING
  }

  /**
   * The figures.
   *
   * @param trials sized executors
   * @param unknown trials that took the known-safe memory
   * @param underSized of all trials
   * @param underSizedKnown of those that the model knew
   * @param medianOverPeak median of (size − peak) / peak over all trials
   * @param medianOverPeakKnown the same over those that the model knew
   * @param worst the under-sized workloads with how often, most often first
   */
  public record Figures(
      Protocol protocol,
      int trials,
      int unknown,
      int underSized,
      int underSizedKnown,
      double medianOverPeak,
      double medianOverPeakKnown,
      Map<String, Integer> worst) {}

  /** One workload, and what is true of it. */
  private record Workload(
      String label, List<Run> own, List<Run> others, Cluster cluster, double failed, double peak) {}

  /**
   * Runs trials.
   *
   * @param runs of any jobs; every worker has one executor with all of its memory
   * @param trials at least 1
   * @param seed of the draws
   */
  public static Figures evaluate(List<Run> runs, Protocol protocol, int trials, long seed) {
    List<Workload> workloads = workloads(runs);
    if (workloads.isEmpty()) {
      throw PredictorException.usage(
          "No job has two workloads with a finished run that measured its peak",
          null,
          "give a grid of runs, such as 'bench memory-grid' makes");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> over = new ArrayList<>();
    List<Double> overKnown = new ArrayList<>();
    Map<String, Integer> worst = new LinkedHashMap<>();
    int underKnown = 0;
    for (int trial = 0; trial < trials; trial++) {
      Workload workload = workloads.get(random.nextInt(workloads.size()));
      List<Run> training = training(workload, protocol, random);
      Optional<Prediction> known = known(training, workload);
      double size = known.map(Prediction::upper).orElseGet(() -> safe(training));
      boolean under = size <= workload.failed() || size < workload.peak();
      if (under) {
        worst.merge(workload.label() + (known.isPresent() ? "" : ", unknown"), 1, Integer::sum);
      }
      over.add(size / workload.peak() - 1);
      if (known.isPresent()) {
        overKnown.add(size / workload.peak() - 1);
        underKnown += under ? 1 : 0;
      }
    }
    return new Figures(
        protocol,
        trials,
        trials - overKnown.size(),
        worst.values().stream().mapToInt(Integer::intValue).sum(),
        underKnown,
        median(over),
        median(overKnown),
        worst);
  }

  private static List<Workload> workloads(List<Run> runs) {
    Map<String, Map<Map<String, Double>, List<Run>>> grid = new LinkedHashMap<>();
    for (Run run : runs) {
      grid.computeIfAbsent(run.job(), job -> new LinkedHashMap<>())
          .computeIfAbsent(run.inputs(), inputs -> new ArrayList<>())
          .add(told(run));
    }
    List<Workload> workloads = new ArrayList<>();
    grid.forEach(
        (job, cells) ->
            cells.forEach(
                (inputs, own) -> {
                  List<Run> others =
                      cells.entrySet().stream()
                          .filter(cell -> !cell.getKey().equals(inputs))
                          .flatMap(cell -> cell.getValue().stream())
                          .toList();
                  least(own)
                      .filter(run -> !others.isEmpty())
                      .ifPresent(
                          run ->
                              workloads.add(
                                  new Workload(
                                      job + " " + inputs,
                                      List.copyOf(own),
                                      others,
                                      run.cluster(),
                                      failed(own),
                                      run.peakMemoryMb().getAsDouble())));
                }));
    return workloads;
  }

  /** The executor has all of its worker. */
  private static Run told(Run run) {
    Map<String, Double> features = new LinkedHashMap<>(run.features());
    features.put(MemoryModels.EXECUTOR_MEMORY, run.cluster().memoryMbPerWorker());
    return new Run(
        run.job(),
        run.id(),
        run.started(),
        run.cluster(),
        run.inputs(),
        run.runtime(),
        run.peakMemoryMb(),
        run.cpuUtilisation(),
        run.outcome(),
        features);
  }

  private static Optional<Run> least(List<Run> own) {
    return own.stream()
        .filter(run -> run.outcome().isFinished() && run.peakMemoryMb().isPresent())
        .min(java.util.Comparator.comparingDouble(run -> run.cluster().memoryMbPerWorker()));
  }

  private static double failed(List<Run> own) {
    return own.stream()
        .filter(run -> !run.outcome().isFinished())
        .mapToDouble(run -> run.cluster().memoryMbPerWorker())
        .max()
        .orElse(0);
  }

  private static List<Run> training(Workload workload, Protocol protocol, SplittableRandom random) {
    List<Run> pool = new ArrayList<>(workload.others());
    if (protocol == Protocol.RECURRING) {
      pool.addAll(workload.own());
      pool.remove(workload.others().size() + random.nextInt(workload.own().size()));
    }
    List<Run> drawn = new ArrayList<>();
    for (int i = 0; i < pool.size(); i++) {
      drawn.add(pool.get(random.nextInt(pool.size())));
    }
    return drawn;
  }

  private static Optional<Prediction> known(List<Run> training, Workload workload) {
    Optional<JobModel> model = MemoryModels.fit(training);
    return model
        .map(of -> of.predict(workload.cluster(), workload.own().get(0).inputs(), CONFIDENCE))
        .filter(Prediction::known);
  }

  private static double safe(List<Run> training) {
    double finished =
        training.stream()
            .filter(run -> run.outcome().isFinished())
            .mapToDouble(run -> run.cluster().memoryMbPerWorker())
            .max()
            .orElse(0);
    double failed = failed(training);
    return failed >= finished ? failed * RAISE : finished;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
