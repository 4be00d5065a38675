package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.memory.ExecutorMemory;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that is known to be safe: of the runs that finished, the one with the most
 * memory a worker, the latest of several, those on machines of the platform first; on demand. Where
 * a run ran out of as much, the next machine type with half as much again.
 */
final class KnownSafeChoice {
  private final Request request;
  private final JobModels models;
  private final Prices prices;

  KnownSafeChoice(Request request, JobModels models, Prices prices) {
    this.request = request;
    this.models = models;
    this.prices = prices;
  }

  Recommendation choose(List<Assessment> assessed) {
    Comparator<Run> safer =
        Comparator.comparing(this::isOnPlatform)
            .thenComparingDouble(run -> run.cluster().memoryMbPerWorker());
    Optional<Run> safe =
        request.runs().stream()
            .filter(run -> run.outcome().isFinished())
            .reduce((one, later) -> safer.compare(later, one) >= 0 ? later : one);
    if (safe.isEmpty()) {
      return none("no run of the job has finished, so nothing is known to be safe", assessed);
    }
    Run run = safe.get();
    double failed = request.ranOutOfMb();
    Optional<Offer> offer =
        failed >= run.cluster().memoryMbPerWorker()
            ? raised(run, request.raisedMb())
            : prices.find(run.cluster().machineType());
    if (offer.isEmpty()) {
      return none(
          failed >= run.cluster().memoryMbPerWorker()
              ? "no priced machine type has half as much memory again as the %s that did not do"
                  .formatted(Values.mb(failed))
              : "the machine type %s of run %s, which is known to be safe, has no price; give one"
                  .formatted(run.cluster().machineType(), run.id()),
          assessed);
    }
    return check(
        run, new Candidate(offer.get(), run.cluster().workers(), Purchase.ON_DEMAND), assessed);
  }

  /** Where the machine has no price, it may be. */
  private boolean isOnPlatform(Run run) {
    return prices
        .find(run.cluster().machineType())
        .map(offer -> Candidates.isOn(offer, request.platform()))
        .orElse(true);
  }

  private Optional<Offer> raised(Run run, double memoryMb) {
    return prices.all().stream()
        .filter(offer -> offer.memoryMb() >= memoryMb)
        .filter(offer -> Candidates.isOn(offer, request.platform()))
        .filter(offer -> offer.cores() >= run.cluster().coresPerWorker())
        .filter(offer -> Cluster.isPossible(run.cluster().workers(), offer.cores()))
        .filter(offer -> request.constraints().isListed(offer.type()))
        .filter(
            offer ->
                prices
                    .find(run.cluster().machineType())
                    .map(was -> was.cloud() == offer.cloud())
                    .orElse(true))
        .min(
            Comparator.comparing((Offer offer) -> !keepsEnforced(run, offer))
                .thenComparingDouble(Offer::onDemandUsd)
                .thenComparing(Offer::type));
  }

  private boolean keepsEnforced(Run run, Offer offer) {
    Candidate candidate = new Candidate(offer, run.cluster().workers(), Purchase.ON_DEMAND);
    return request.constraints().allows(offer.type())
        && WholeMachine.refused(request, candidate).isEmpty();
  }

  /** The safe choice keeps the constraints too, or there is no advice. */
  private Recommendation check(Run run, Candidate candidate, List<Assessment> assessed) {
    Constraints constraints = request.constraints();
    Optional<String> broken =
        constraints
            .enforced()
            .machineType()
            .filter(type -> !type.equals(candidate.offer().type()))
            .map(type -> "the enforced machine type " + type)
            .or(
                () ->
                    constraints.types().isEmpty()
                            || constraints.types().contains(candidate.offer().type())
                        ? Optional.empty()
                        : Optional.of("the allowed types " + constraints.types()))
            .or(() -> workers(constraints, candidate.workers()))
            .or(
                () ->
                    constraints
                        .deadline()
                        .filter(deadline -> run.runtime().compareTo(deadline) > 0)
                        .map(
                            deadline ->
                                "the deadline: it took "
                                    + Values.time(Values.seconds(run.runtime()))))
            .or(
                () ->
                    constraints.purchases().contains(Purchase.ON_DEMAND)
                        ? Optional.empty()
                        : Optional.of("spot workers only"));
    if (broken.isPresent()) {
      return none(
          "every candidate is outside of what the runs show, and what is known to be safe, %s, does not keep %s"
              .formatted(candidate.label(), broken.get()),
          assessed);
    }
    return advise(run, candidate, assessed);
  }

  private static Optional<String> workers(Constraints constraints, int workers) {
    var enforced = constraints.enforced().allWorkers();
    if (enforced.isPresent() && enforced.getAsInt() != workers) {
      return Optional.of("the enforced %d workers".formatted(enforced.getAsInt()));
    }
    if (workers < constraints.leastWorkers()) {
      return Optional.of("at least %d workers".formatted(constraints.leastWorkers()));
    }
    return workers > constraints.mostWorkers().orElse(workers)
        ? Optional.of("at most %d workers".formatted(constraints.mostWorkers().getAsInt()))
        : Optional.empty();
  }

  private Recommendation advise(Run run, Candidate candidate, List<Assessment> assessed) {
    Optional<String> refused = WholeMachine.refused(request, candidate);
    if (refused.isPresent()) {
      return none(
          "what is known to be safe, %s, %s".formatted(candidate.label(), refused.get()), assessed);
    }
    ContainerMemory container = WholeMachine.container(request, candidate.offer()).orElseThrow();
    Optional<String> more = moreMemory(candidate, container);
    if (more.isPresent()) {
      return none(more.get(), assessed);
    }
    Settings settings = Settings.of(request, candidate, container);
    return new Recommendation.KnownSafe(
        request,
        candidate,
        container,
        run.id(),
        "every candidate is outside of what the runs show; run %s finished on this memory or less"
            .formatted(run.id()),
        assessed,
        settings.sparkConf(),
        Differences.changes(request, candidate, "what worked before is known to be safe"),
        settings.carriedOver());
  }

  /** Though the model does not know, its bound tells when what was enough will not be. */
  private Optional<String> moreMemory(Candidate candidate, ContainerMemory container) {
    Cluster executors =
        new Cluster(
            candidate.offer().type(),
            candidate.workers(),
            candidate.offer().cores(),
            container.usableMb());
    return models
        .memory()
        .map(
            model ->
                ExecutorMemory.sufficientMb(
                    model, executors, request.nextInputs(), request.constraints().confidence()))
        .filter(upper -> upper > container.usableMb())
        .map(
            upper ->
                "every candidate is outside of what the runs show, and what was safe, %s, holds %s"
                        .formatted(candidate.label(), Values.mb(container.usableMb()))
                    + " where the peak may be "
                    + Values.mb(upper));
  }

  private Recommendation none(String why, List<Assessment> assessed) {
    return new Recommendation.NoAdvice(request, why, Optional.empty(), assessed);
  }
}
