package dev.tributary.predictor.recommend;

import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.selection.ConfigurationSelector;
import dev.tributary.predictor.selection.JobDescription;
import dev.tributary.predictor.selection.JobHistory;
import dev.tributary.predictor.selection.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The clusters for a job that has not finished a run, the best first.
 *
 * <p>Looked at are those that other jobs ran on, in the order of {@link ConfigurationSelector};
 * where no other job is alike, those first on which none failed, then those with the most memory a
 * worker. After them, where the constraints allow none of these or none has enough memory, the
 * machines that the constraints name, those with the most memory first, or the cheapest with
 * enough.
 */
final class FirstCandidates {
  private static final double MB_PER_GB = 1000;

  private final Request request;
  private final Constraints constraints;
  private final Prices prices;
  private final SimilarJobs similar;
  private final List<OtherJob> others;
  private final List<Candidate> given;

  FirstCandidates(
      Request request,
      Prices prices,
      SimilarJobs similar,
      List<OtherJob> others,
      List<Candidate> given) {
    this.request = request;
    this.constraints = request.constraints();
    this.prices = prices;
    this.similar = similar;
    this.others = others;
    this.given = given;
  }

  List<Candidate> ordered() {
    List<Candidate> tried = given.isEmpty() ? tried() : measured();
    List<Candidate> ordered =
        new ArrayList<>(
            tried.isEmpty() || similar.basis() == SimilarJobs.Basis.NONE_ALIKE
                ? safest(tried)
                : ranked(tried));
    ordered.addAll(given.isEmpty() ? untried(tried) : List.of());
    return ordered.stream().distinct().toList();
  }

  /** Of the given ones those on which another job ran. */
  private List<Candidate> measured() {
    return given.stream()
        .filter(one -> one.purchase() == Purchase.ON_DEMAND)
        .filter(one -> Candidates.isAllowed(one, constraints) && isOnPlatform(one.offer()))
        .filter(one -> others.stream().anyMatch(other -> other.ranOn(one.cluster())))
        .toList();
  }

  /** Clusters that other jobs ran on and the constraints allow. */
  private List<Candidate> tried() {
    Map<String, Candidate> byLabel = new TreeMap<>();
    for (SimilarJobs.Similar job : similar.jobs()) {
      for (Run run : job.runs()) {
        prices
            .find(run.cluster().machineType())
            .map(offer -> new Candidate(offer, run.cluster().workers(), Purchase.ON_DEMAND))
            .filter(one -> Candidates.isAllowed(one, constraints) && isOnPlatform(one.offer()))
            .ifPresent(one -> byLabel.put(one.label(), one));
      }
    }
    return List.copyOf(byLabel.values());
  }

  private boolean isOnPlatform(Offer offer) {
    return Candidates.isOn(offer, request.platform());
  }

  private List<Candidate> safest(List<Candidate> tried) {
    return tried.stream()
        .sorted(
            Comparator.<Candidate>comparingLong(
                    one -> others.stream().filter(o -> o.failedOn(one.cluster())).count())
                .thenComparingDouble(one -> -one.offer().memoryMb())
                .thenComparingLong(
                    one -> -others.stream().filter(o -> o.ranOn(one.cluster())).count())
                .thenComparing(Candidate::label))
        .toList();
  }

  /** By expected cost, by the prior of {@code selection} over what the other jobs cost. */
  private List<Candidate> ranked(List<Candidate> tried) {
    Map<List<String>, Candidate> byKey = new LinkedHashMap<>();
    tried.forEach(one -> byKey.put(shape(one).key(), one));
    List<JobHistory> histories = histories(tried);
    if (histories.isEmpty()) {
      return safest(tried);
    }
    Double bytes = request.nextInputs().get("input_bytes");
    JobDescription asked =
        description(
            request.job(),
            bytes != null && bytes > 0 ? OptionalDouble.of(bytes) : OptionalDouble.empty());
    return ConfigurationSelector.learn(histories)
        .ranked(asked, tried.stream().map(FirstCandidates::shape).toList())
        .stream()
        .map(shape -> byKey.get(shape.key()))
        .toList();
  }

  private List<JobHistory> histories(List<Candidate> tried) {
    List<JobHistory> histories = new ArrayList<>();
    for (OtherJob other : others) {
      List<Trial> trials =
          tried.stream().flatMap(one -> other.trial(one, shape(one)).stream()).toList();
      if (trials.stream().anyMatch(Trial::completed)) {
        histories.add(
            new JobHistory(
                description(other.name(), OptionalDouble.empty()), trials, other.likeness()));
      }
    }
    return histories;
  }

  /** Jobs of one program count as one algorithm; all of them run on Spark. */
  private static JobDescription description(String job, OptionalDouble bytes) {
    return new JobDescription(job, job.substring(job.lastIndexOf('@') + 1), "spark", bytes);
  }

  private static dev.tributary.predictor.selection.Candidate shape(Candidate one) {
    Offer offer = one.offer();
    return new dev.tributary.predictor.selection.Candidate(
        List.of(
            offer.type(),
            Integer.toString(offer.cores()),
            Double.toString(offer.memoryMb()),
            Integer.toString(one.workers())),
        one.workers(),
        offer.cores(),
        offer.memoryMb() / MB_PER_GB,
        one.workers() * offer.onDemandUsd());
  }

  private List<Candidate> untried(List<Candidate> tried) {
    double needed = request.raisedMb();
    boolean named =
        !constraints.types().isEmpty() || constraints.enforced().machineType().isPresent();
    if (tried.stream().anyMatch(one -> one.offer().memoryMb() >= needed) || !named && needed == 0) {
      return List.of();
    }
    Comparator<Candidate> order =
        needed > 0
            ? Comparator.comparingDouble(one -> one.offer().onDemandUsd())
            : Comparator.comparingDouble(one -> -one.offer().memoryMb());
    int workers = workers();
    return prices.all().stream()
        .filter(offer -> isOnPlatform(offer) && offer.memoryMb() >= needed)
        .map(offer -> new Candidate(offer, workers, Purchase.ON_DEMAND))
        .filter(one -> Candidates.isAllowed(one, constraints))
        .sorted(order.thenComparing(Candidate::label))
        .toList();
  }

  /** The median of the other jobs' runs, within what the constraints allow. */
  private int workers() {
    int[] counts =
        similar.jobs().stream()
            .flatMap(job -> job.runs().stream())
            .mapToInt(run -> run.cluster().workers())
            .sorted()
            .toArray();
    int usual =
        Math.max(constraints.leastWorkers(), counts.length == 0 ? 1 : counts[counts.length / 2]);
    return constraints
        .enforced()
        .allWorkers()
        .orElse(Math.min(usual, constraints.mostWorkers().orElse(usual)));
  }
}
