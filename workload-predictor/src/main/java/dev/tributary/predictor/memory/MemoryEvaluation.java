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
import java.util.TreeMap;

/**
 * Holds memory sizing against a grid of runs (job × executor memory × inputs).
 *
 * <p>A trial draws a finished run and a training set, by the bootstrap, from the job's other runs.
 * It asks for the bound of the peak in the run's memory, and counts the peak that lies above it. It
 * also sizes an executor, beginning from the greatest memory of the training set as {@code
 * recommend} begins from that of a machine, and counts the size in which the workload is known not
 * to finish.
 *
 * <p>{@link Protocol#NEW_WORKLOAD} trains on other inputs only. {@link Protocol#RECURRING} trains
 * on the runs of the same inputs too, but for the one that is drawn. Where the model does not know,
 * the known-safe memory stands for both: the greatest in which a run of the training set finished,
 * half as much again if one ran out of that; these trials are counted apart.
 */
public final class MemoryEvaluation {
  private static final double RAISE = 1.5;

  /** The least heap that Spark starts with. */
  private static final double LEAST_MB = ContainerMemory.LEAST_HEAP_MIB * 1.05;

  private MemoryEvaluation() {}

  /** What a trial may learn from. */
  public enum Protocol {
    NEW_WORKLOAD,
    RECURRING
  }

  /**
   * The figures.
   *
   * @param trials drawn runs
   * @param known trials in which the model knew
   * @param peakAboveBound known trials whose peak lay above the bound
   * @param medianOverPeak median of (bound − peak) / peak over the known trials
   * @param medianOverLeast median of (size − least) / least over the known trials, where least is
   *     the least memory of the grid in which the workload finished
   * @param underSized of all trials, sizes in which the workload did not finish
   * @param underSizedKnown the same of the known ones
   * @param worst the workloads of both counts with how often
   */
  public record Figures(
      Protocol protocol,
      int trials,
      int known,
      int peakAboveBound,
      double medianOverPeak,
      double medianOverLeast,
      int underSized,
      int underSizedKnown,
      Map<String, Integer> worst) {}

  /** One workload, and what is true of it. */
  private record Workload(String label, List<Run> own, List<Run> others, double failed) {
    /** The least memory in which it finished, MB. */
    double least() {
      return own.stream()
          .filter(run -> run.outcome().isFinished())
          .mapToDouble(run -> run.cluster().memoryMbPerWorker())
          .min()
          .orElseThrow();
    }

    List<Run> finished() {
      return own.stream()
          .filter(run -> run.outcome().isFinished() && run.peakMemoryMb().isPresent())
          .toList();
    }
  }

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
    Tally tally = new Tally();
    for (int trial = 0; trial < trials; trial++) {
      Workload workload = workloads.get(random.nextInt(workloads.size()));
      List<Run> finished = workload.finished();
      Run drawn = finished.get(random.nextInt(finished.size()));
      List<Run> training = training(workload, drawn, protocol, random);
      tally.add(workload, drawn, training, MemoryModels.fit(training));
    }
    return new Figures(
        protocol,
        trials,
        tally.over.size(),
        tally.above,
        median(tally.over),
        median(tally.sizes),
        tally.under,
        tally.underKnown,
        tally.worst);
  }

  private static final class Tally {
    private final List<Double> over = new ArrayList<>();
    private final Map<String, Integer> worst = new TreeMap<>();
    private final List<Double> sizes = new ArrayList<>();
    private int above;
    private int under;
    private int underKnown;

    void add(Workload workload, Run drawn, List<Run> training, Optional<JobModel> model) {
      Optional<Prediction> bound =
          model
              .map(of -> of.predict(drawn.cluster(), drawn.inputs(), Prediction.CONFIDENCE))
              .filter(Prediction::known);
      double peak = drawn.peakMemoryMb().getAsDouble();
      double size = safe(training);
      if (bound.isEmpty() && model.isPresent()) {
        size = Math.max(size, sufficient(model.get(), drawn, size));
      }
      if (bound.isPresent()) {
        over.add(bound.get().upper() / peak - 1);
        if (bound.get().upper() < peak) {
          above++;
          worst.merge(workload.label() + " above its bound", 1, Integer::sum);
        }
        size = sized(model.orElseThrow(), drawn, size);
        if (workload.least() > LEAST_MB) {
          sizes.add(size / workload.least() - 1);
        }
      }
      if (size <= workload.failed()) {
        under++;
        underKnown += bound.isPresent() ? 1 : 0;
        worst.merge(
            workload.label() + (bound.isPresent() ? " under-sized" : " under-sized, unknown"),
            1,
            Integer::sum);
      }
    }
  }

  /** As {@code recommend} sizes; where more than there is would suffice, that. */
  private static double sized(JobModel model, Run like, double from) {
    double first = sufficient(model, like, from);
    return first > from
        ? first
        : ExecutorMemory.sized(from, memory -> sufficient(model, like, memory));
  }

  private static double sufficient(JobModel model, Run like, double memoryMb) {
    Cluster cluster = like.cluster();
    return ExecutorMemory.sufficientMb(
        model,
        new Cluster(cluster.machineType(), cluster.workers(), cluster.coresPerWorker(), memoryMb),
        like.inputs(),
        Prediction.CONFIDENCE);
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
                  Workload workload =
                      new Workload(job + " " + inputs, List.copyOf(own), others, failed(own));
                  if (!others.isEmpty() && !workload.finished().isEmpty()) {
                    workloads.add(workload);
                  }
                }));
    return workloads;
  }

  /** The executor has all of its worker. */
  private static Run told(Run run) {
    return run.withFeature(MemoryModels.EXECUTOR_MEMORY, run.cluster().memoryMbPerWorker());
  }

  private static double failed(List<Run> own) {
    return own.stream()
        .filter(run -> !run.outcome().isFinished())
        .mapToDouble(run -> run.cluster().memoryMbPerWorker())
        .max()
        .orElse(0);
  }

  private static List<Run> training(
      Workload workload, Run drawn, Protocol protocol, SplittableRandom random) {
    List<Run> pool = new ArrayList<>(workload.others());
    if (protocol == Protocol.RECURRING) {
      workload.own().stream().filter(run -> run != drawn).forEach(pool::add);
    }
    List<Run> training = new ArrayList<>();
    for (int i = 0; i < pool.size(); i++) {
      training.add(pool.get(random.nextInt(pool.size())));
    }
    return training;
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
