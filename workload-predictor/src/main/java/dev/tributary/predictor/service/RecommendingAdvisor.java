package dev.tributary.predictor.service;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.memory.MemoryModels;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Candidate;
import dev.tributary.predictor.recommend.JobModels;
import dev.tributary.predictor.recommend.ModelSource;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommender;
import dev.tributary.predictor.recommend.Request;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.RuntimeModels;
import dev.tributary.predictor.runtime.Target;
import dev.tributary.predictor.service.Refusal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models of {@code runtime} and {@code memory}, and the choice of {@code recommend}. Ernest
 * alone is the second way to fit, for a challenger.
 *
 * <p>Models of other jobs, for first picks, are kept by the runs that they are fitted to.
 */
final class RecommendingAdvisor implements Advisor {
  static final String ENSEMBLE = "ensemble";
  static final String ERNEST = "ernest";

  /** A process costs the cube of its runs to fit, and their square for each distinct candidate. */
  private static final int MOST_FITTED = 200;

  private static final int MOST_KEPT = 64;

  private final Prices prices;
  private final Kept<List<Run>, JobModels> ofOthers = new Kept<>(MOST_KEPT);

  /**
   * @param prices the service's own
   */
  RecommendingAdvisor(Prices prices) {
    this.prices = prices;
  }

  @Override
  public List<String> learners() {
    return List.of(ENSEMBLE, ERNEST);
  }

  @Override
  public Optional<JobModel> fit(String learner, List<Run> runs, Quantity quantity, long seed) {
    List<Run> latest = runs.subList(Math.max(0, runs.size() - MOST_FITTED), runs.size());
    if (quantity == Quantity.PEAK_MEMORY_MB && !learner.equals(ERNEST)) {
      return MemoryModels.fit(latest);
    }
    if (latest.stream().noneMatch(run -> quantity.of(run).isPresent())) {
      return Optional.empty();
    }
    Target target = Target.valueOf(quantity.name());
    return Optional.of(
        learner.equals(ERNEST)
            ? RuntimeModels.fitErnest(latest, target)
            : RuntimeModels.fit(latest, target, seed));
  }

  @Override
  public Recommendation recommend(Question question) {
    JobModels models =
        new JobModels(
            question.models().get(Quantity.RUNTIME_SECONDS),
            Optional.ofNullable(question.models().get(Quantity.PEAK_MEMORY_MB)),
            Optional.ofNullable(question.models().get(Quantity.CPU_UTILISATION)));
    return answer(question, question.runs(), runs -> models);
  }

  @Override
  public Recommendation first(Question question, List<Run> others) {
    List<Run> known = new ArrayList<>(question.runs());
    known.addAll(others);
    return answer(question, known, this::ofOtherJob);
  }

  private Recommendation answer(Question question, List<Run> known, ModelSource source) {
    Prices list = prices(question);
    checkMachineTypes(question, list);
    Request request =
        new Request(
            question.job(),
            known,
            Optional.of(question.inputs()).filter(inputs -> !inputs.isEmpty()),
            question.constraints(),
            question.platform());
    Recommender recommender = new Recommender(asItIs(question, list), source);
    check(recommender, request);
    return question.candidates().isEmpty()
        ? recommender.recommend(request)
        : recommender.recommend(request, candidates(question, list));
  }

  JobModels ofOtherJob(List<Run> runs) {
    List<Run> fitted = List.copyOf(runs);
    Optional<JobModels> kept = ofOthers.get(fitted);
    if (kept.isPresent()) {
      return kept.get();
    }
    JobModels models =
        new JobModels(
            RuntimeModels.fit(fitted, Target.RUNTIME_SECONDS, 1),
            MemoryModels.fit(fitted),
            Optional.empty());
    ofOthers.put(fitted, models);
    return models;
  }

  private static void check(Recommender recommender, Request request) {
    try {
      recommender.check(request);
    } catch (PredictorException e) {
      throw Refusal.at(Kind.CONTRADICTORY_CONSTRAINTS, "/constraints", e.getMessage());
    }
  }

  private Prices prices(Question question) {
    return question
        .prices()
        .map(given -> PricesJson.read(new At(given, "/prices"), prices))
        .orElse(prices);
  }

  /** Where machines of one type come in sizes, what works now is priced at the size it has. */
  private static Prices asItIs(Question question, Prices list) {
    return question
        .current()
        .filter(now -> question.candidates().stream().anyMatch(one -> isAlike(one, now)))
        .flatMap(now -> list.find(now.machineType()).map(offer -> resized(offer, now)))
        .map(offer -> list.with(List.of(offer)))
        .orElse(list);
  }

  private static boolean isAlike(Cluster one, Cluster other) {
    return one.machineType().equals(other.machineType())
        && one.coresPerWorker() == other.coresPerWorker();
  }

  private static Offer resized(Offer listed, Cluster cluster) {
    return PricesJson.resized(listed, cluster.coresPerWorker(), cluster.memoryMbPerWorker());
  }

  private static List<Candidate> candidates(Question question, Prices list) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < question.candidates().size(); i++) {
      Cluster cluster = question.candidates().get(i);
      Offer listed = priced(cluster.machineType(), "/candidates/" + i + "/machine_type", list);
      Offer offer = resized(listed, cluster);
      candidates.add(new Candidate(offer, cluster.workers(), Purchase.ON_DEMAND));
      if (offer.spot().isPresent()) {
        candidates.add(new Candidate(offer, cluster.workers(), Purchase.SPOT));
      }
    }
    return candidates;
  }

  private static void checkMachineTypes(Question question, Prices list) {
    List<String> asked = question.constraints().types();
    for (int i = 0; i < asked.size(); i++) {
      priced(asked.get(i), "/constraints/machine_types/" + i, list);
    }
    question
        .constraints()
        .driverType()
        .ifPresent(type -> priced(type, "/constraints/driver_type", list));
    question
        .constraints()
        .enforced()
        .machineType()
        .ifPresent(type -> priced(type, "/constraints/enforce/machine_type", list));
  }

  private static Offer priced(String type, String pointer, Prices list) {
    return list.find(type)
        .orElseThrow(
            () ->
                Refusal.at(
                    Kind.UNKNOWN_MACHINE_TYPE,
                    pointer,
                    "There is no price of machine type '%s'. Name its price in the request or in the file of --prices."
                        .formatted(type)));
  }
}
