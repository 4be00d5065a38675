package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.memory.ExecutorMemory;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.ExpectedCost;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Predicts a candidate and holds it against the constraints.
 *
 * <p>On spot the chance of being late is split: half of 1 − confidence is left to the runtime's
 * bound, half to interruptions; by the union bound both together keep the confidence.
 */
final class Assessor {
  private static final double HOUR = 3600;

  private final Request request;
  private final Constraints constraints;
  private final Platform platform;
  private final ExecutorSize size;
  private final JobModels models;
  private final Prices prices;
  private final Map<String, Double> inputs;
  private final double deadline;
  private final Map<String, Double> reported;

  Assessor(Request request, JobModels models, Prices prices) {
    this.request = request;
    this.constraints = request.constraints();
    this.size = ExecutorSize.of(request);
    this.platform = request.platform();
    this.models = models;
    this.prices = prices;
    this.inputs = request.nextInputs();
    this.reported = reported(request.runs());
    this.deadline = constraints.deadline().map(Values::seconds).orElse(Double.POSITIVE_INFINITY);
  }

  Assessment assess(Candidate candidate) {
    Cluster cluster = candidate.cluster();
    boolean spot = candidate.purchase() == Purchase.SPOT;
    double confidence = spot ? 1 - (1 - constraints.confidence()) / 2 : constraints.confidence();
    Prediction runtime = models.runtime().predict(asSeen(cluster), inputs, confidence);
    Optional<ContainerMemory> container = container(candidate);
    Optional<Prediction> memory =
        peak(
            candidate,
            container.map(ContainerMemory::usableMb).orElse(candidate.offer().memoryMb()));
    ExpectedCost bound = cost(candidate, runtime.upper());
    Assessment assessment =
        new Assessment(
            candidate,
            runtime,
            memory,
            container,
            cost(candidate, runtime.expected()),
            bound,
            inTime(runtime, bound),
            Optional.empty());
    return impossible(assessment)
        .or(() -> unknown(assessment))
        .or(() -> memory(assessment))
        .or(() -> late(assessment))
        .or(() -> interrupted(assessment, spot))
        .or(() -> dear(assessment))
        .orElse(assessment);
  }

  /** Of what is known to fit under a deadline that somebody gave; else it would be a guess. */
  private OptionalDouble inTime(Prediction runtime, ExpectedCost bound) {
    return constraints.deadline().isPresent()
            && !constraints.usual()
            && runtime.known()
            && runtime.upper() <= deadline
        ? OptionalDouble.of(runtime.probabilityWithin(deadline) * bound.completion())
        : OptionalDouble.empty();
  }

  /** Memory as the runs on this machine type reported it, which may be less than is listed. */
  private Cluster asSeen(Cluster cluster) {
    Double seen = reported.get(cluster.machineType());
    return seen == null
        ? cluster
        : new Cluster(cluster.machineType(), cluster.workers(), cluster.coresPerWorker(), seen);
  }

  /** By machine type, where all its runs reported one memory. */
  private static Map<String, Double> reported(List<Run> runs) {
    Map<String, Double> reported = new HashMap<>();
    Set<String> several = new HashSet<>();
    for (Run run : runs) {
      String type = run.cluster().machineType();
      double memory = run.cluster().memoryMbPerWorker();
      Double before = reported.put(type, memory);
      if (before != null && before != memory) {
        several.add(type);
      }
    }
    reported.keySet().removeAll(several);
    return reported;
  }

  /** What the driver costs an hour, USD: as a worker, unless another type is named. */
  static double driverUsd(Constraints constraints, Prices prices, Offer worker) {
    return constraints.priceDriver()
        ? constraints
            .driverType()
            .map(type -> prices.find(type).orElseThrow())
            .orElse(worker)
            .onDemandUsd()
        : 0;
  }

  private ExpectedCost cost(Candidate candidate, double seconds) {
    Offer offer = candidate.offer();
    double driver = driverUsd(constraints, prices, offer);
    double hours = Math.max(0, seconds) / HOUR;
    return candidate.purchase() == Purchase.ON_DEMAND
        ? ExpectedCost.onDemand(offer, candidate.workers(), driver, hours)
        : ExpectedCost.spot(
            offer,
            candidate.workers(),
            Math.min(candidate.workers(), platform.onDemandWorkers()),
            driver,
            hours,
            deadline / HOUR);
  }

  /** The peak of an executor that has so much memory: garbage grows with it. */
  private Optional<Prediction> peak(Candidate candidate, double memoryMb) {
    return models
        .memory()
        .map(
            model ->
                model.predict(executors(candidate, memoryMb), inputs, constraints.confidence()));
  }

  /** What suffices for an executor, told from one that has so much memory; 0 where none knows. */
  private double need(Candidate candidate, double memoryMb) {
    return models
        .memory()
        .map(
            model ->
                ExecutorMemory.sufficientMb(
                    model, executors(candidate, memoryMb), inputs, constraints.confidence()))
        .orElse(0.0);
  }

  static Cluster executors(Candidate candidate, double memoryMb) {
    return new Cluster(
        candidate.offer().type(), candidate.workers(), candidate.offer().cores(), memoryMb);
  }

  /** All of a dedicated machine, what is needed of a shared one, or what is enforced. */
  private Optional<ContainerMemory> container(Candidate candidate) {
    if (!size.fits(candidate.offer())) {
      return Optional.empty();
    }
    ContainerMemory all =
        size.around(size.heapMib().orElseGet(() -> size.mostHeapMib(candidate.offer())));
    boolean whole =
        size.heapMib().isPresent() || platform.isDedicated() || models.memory().isEmpty();
    return Optional.of(whole ? all : sized(candidate, all));
  }

  /** The bound in all of the memory, then in that bound, and so on: each step stays sufficient. */
  private ContainerMemory sized(Candidate candidate, ContainerMemory all) {
    double least = constraints.minMemoryMb().orElse(0);
    double heap =
        ExecutorMemory.sized(
            all.heapMib(),
            heapMib -> {
              double usable = size.around((long) heapMib).usableMb();
              return size.heapHolding(Math.max(need(candidate, usable), least));
            });
    return size.around((long) heap);
  }

  private Optional<Assessment> impossible(Assessment of) {
    return Feasibility.refused(request, of.candidate())
        .flatMap(text -> reject(of, Reason.NOT_POSSIBLE, text));
  }

  private Optional<Assessment> unknown(Assessment of) {
    if (!of.runtime().known()) {
      return reject(of, Reason.UNKNOWN, "runtime unknown: " + of.runtime().reason());
    }
    return of.memory()
        .filter(memory -> !memory.known())
        .flatMap(memory -> reject(of, Reason.UNKNOWN, "memory unknown: " + memory.reason()));
  }

  private Optional<Assessment> memory(Assessment of) {
    if (of.container().isEmpty()) {
      return reject(
          of,
          Reason.MEMORY,
          size.text().isEmpty()
              ? "leaves an executor less heap than Spark starts with"
              : "cannot hold the enforced " + size.text());
    }
    double usable = of.container().get().usableMb();
    double need = need(of.candidate(), usable);
    if (usable < need) {
      return reject(
          of,
          Reason.MEMORY,
          size.heapMib().isPresent()
              ? "has %s by the enforced %s, %s are to suffice"
                  .formatted(Values.mb(usable), SparkConf.MEMORY, Values.mb(need))
              : "holds %s, %s are to suffice".formatted(Values.mb(usable), Values.mb(need)));
    }
    if (usable < constraints.minMemoryMb().orElse(0)) {
      return reject(
          of,
          Reason.MEMORY,
          "holds %s, at least %s are asked for"
              .formatted(Values.mb(usable), Values.mb(constraints.minMemoryMb().getAsDouble())));
    }
    return Optional.empty();
  }

  private Optional<Assessment> late(Assessment of) {
    return of.runtime().upper() <= deadline
        ? Optional.empty()
        : reject(
            of,
            Reason.DEADLINE,
            "takes up to "
                + Values.time(of.runtime().upper())
                + ", "
                + Values.time(of.runtime().upper() - deadline)
                + " more than the deadline");
  }

  private Optional<Assessment> interrupted(Assessment of, boolean spot) {
    double asked = 1 - (1 - constraints.confidence()) / 2;
    double completion = of.costBound().completion();
    return !spot || completion >= asked
        ? Optional.empty()
        : reject(
            of,
            Reason.INTERRUPTION,
            "ends in time with probability %.4f, interruptions counted; %.4f are asked for"
                .formatted(completion, asked));
  }

  private Optional<Assessment> dear(Assessment of) {
    return of.costBound().usd() <= constraints.maxCostUsd().orElse(Double.POSITIVE_INFINITY)
        ? Optional.empty()
        : reject(
            of,
            Reason.BUDGET,
            "costs up to %s, more than %s"
                .formatted(
                    Values.usd(of.costBound().usd()),
                    Values.usd(constraints.maxCostUsd().getAsDouble())));
  }

  private static Optional<Assessment> reject(Assessment of, Reason reason, String text) {
    return Optional.of(of.rejected(reason, text));
  }
}
