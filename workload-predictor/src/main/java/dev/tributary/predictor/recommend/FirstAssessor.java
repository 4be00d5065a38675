package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.ExpectedCost;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.run.Cluster;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds a cluster against the constraints for a job that has not finished a run: by what other jobs
 * took on it, and what those that are alike held. Where a run of the job itself ran out of memory,
 * half as much again is asked for. Nothing that it says is known.
 */
final class FirstAssessor {
  private static final double HOUR = 3600;
  private static final String MODEL = "other-jobs";

  private final Request request;
  private final Constraints constraints;
  private final Prices prices;
  private final SimilarJobs.Basis basis;
  private final List<OtherJob> others;

  FirstAssessor(Request request, Prices prices, SimilarJobs.Basis basis, List<OtherJob> others) {
    this.request = request;
    this.constraints = request.constraints();
    this.prices = prices;
    this.basis = basis;
    this.others = others;
  }

  Assessment assess(Candidate candidate) {
    Optional<ContainerMemory> container = WholeMachine.container(request, candidate.offer());
    Prediction runtime = runtime(candidate.cluster());
    Assessment assessment =
        new Assessment(
            candidate,
            runtime,
            container.flatMap(holding -> memory(candidate, holding.usableMb())),
            container,
            cost(candidate, runtime.expected()),
            cost(candidate, runtime.upper()),
            OptionalDouble.empty(),
            Optional.empty());
    return WholeMachine.refused(request, candidate)
        .map(text -> assessment.rejected(Reason.MEMORY, text))
        .or(() -> tooSmall(assessment))
        .or(() -> failed(assessment))
        .or(() -> lateOrDear(assessment))
        .orElse(assessment);
  }

  private Optional<Assessment> tooSmall(Assessment of) {
    double had = of.candidate().offer().memoryMb();
    double needed = request.raisedMb();
    if (had < needed) {
      return Optional.of(
          of.rejected(
              Reason.MEMORY,
              "has %s a worker; after a run that ran out of memory %s are wanted"
                  .formatted(Values.mb(had), Values.mb(needed))));
    }
    double usable = of.container().orElseThrow().usableMb();
    double need = need(of.candidate(), usable);
    return need > usable
        ? Optional.of(
            of.rejected(
                Reason.MEMORY,
                "holds %s, %s are to suffice for a job that is alike"
                    .formatted(Values.mb(usable), Values.mb(need))))
        : Optional.empty();
  }

  private Optional<Assessment> failed(Assessment of) {
    Cluster cluster = of.candidate().cluster();
    boolean own =
        request.runs().stream()
            .anyMatch(
                run ->
                    run.cluster().machineType().equals(cluster.machineType())
                        && run.cluster().workers() == cluster.workers());
    if (own) {
      return Optional.of(of.rejected(Reason.UNKNOWN, "did not do for a run of this job"));
    }
    return others.stream()
        .filter(other -> other.failedOn(cluster))
        .findFirst()
        .map(other -> of.rejected(Reason.UNKNOWN, "did not do for job " + other.name()));
  }

  /** Where a limit is given, what has no known runtime is not known to keep it. */
  private Optional<Assessment> lateOrDear(Assessment of) {
    if (Double.isInfinite(of.runtime().expected())) {
      return constraints.deadline().isPresent() || constraints.maxCostUsd().isPresent()
          ? Optional.of(
              of.rejected(Reason.UNKNOWN, "has no known runtime to hold against the limits"))
          : Optional.empty();
    }
    double deadline = constraints.deadline().map(Values::seconds).orElse(Double.POSITIVE_INFINITY);
    if (of.runtime().upper() > deadline) {
      return Optional.of(
          of.rejected(Reason.DEADLINE, "took up to " + Values.time(of.runtime().upper())));
    }
    double most = constraints.maxCostUsd().orElse(Double.POSITIVE_INFINITY);
    return of.costBound().usd() > most
        ? Optional.of(of.rejected(Reason.BUDGET, "cost up to " + Values.usd(of.costBound().usd())))
        : Optional.empty();
  }

  /** What the other jobs took there: their weighted geometric mean, the quickest, the slowest. */
  private Prediction runtime(Cluster cluster) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    double weights = 0;
    double logs = 0;
    int told = 0;
    for (OtherJob other : others) {
      OptionalDouble seconds = other.seconds(cluster);
      if (seconds.isPresent()) {
        least = Math.min(least, seconds.getAsDouble());
        most = Math.max(most, seconds.getAsDouble());
        weights += other.likeness();
        logs += other.likeness() * Math.log(seconds.getAsDouble());
        told++;
      }
    }
    return told == 0
        ? prediction(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, "no job ran on it")
        : prediction(
            Math.max(least, Math.min(most, Math.exp(logs / weights))),
            least,
            most,
            "what %d other jobs took; no run of this one has finished".formatted(told));
  }

  /** The greatest peak of the jobs that are alike; nothing where none is. */
  private Optional<Prediction> memory(Candidate candidate, double usableMb) {
    Cluster executors = Assessor.executors(candidate, usableMb);
    return alike().stream()
        .flatMap(
            other -> other.peak(executors, request.nextInputs(), constraints.confidence()).stream())
        .max(Comparator.comparingDouble(Prediction::upper))
        .map(
            peak ->
                prediction(
                    peak.expected(),
                    peak.lower(),
                    peak.upper(),
                    "the greatest of the jobs that are alike"));
  }

  /** What suffices for all jobs that are alike; 0 where none tells. */
  private double need(Candidate candidate, double usableMb) {
    Cluster executors = Assessor.executors(candidate, usableMb);
    return alike().stream()
        .mapToDouble(
            other -> other.needMb(executors, request.nextInputs(), constraints.confidence()))
        .max()
        .orElse(0);
  }

  private List<OtherJob> alike() {
    return basis == SimilarJobs.Basis.ALIKE ? others : List.of();
  }

  private Prediction prediction(double expected, double lower, double upper, String reason) {
    return new Prediction(expected, lower, upper, constraints.confidence(), false, MODEL, reason);
  }

  private ExpectedCost cost(Candidate candidate, double seconds) {
    return ExpectedCost.onDemand(
        candidate.offer(),
        candidate.workers(),
        Assessor.driverUsd(constraints, prices, candidate.offer()),
        seconds / HOUR);
  }
}
