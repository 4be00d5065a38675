package dev.tributary.predictor.service;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.memory.MemoryModels;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Candidate;
import dev.tributary.predictor.recommend.JobModels;
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
 * @param prices the service's own
 */
record RecommendingAdvisor(Prices prices) implements Advisor {
  static final String ENSEMBLE = "ensemble";
  static final String ERNEST = "ernest";

  /** A process costs the cube of its runs to fit, and their square for each distinct candidate. */
  private static final int MOST_FITTED = 200;

  @Override
  public List<String> learners() {
    return List.of(ENSEMBLE, ERNEST);
  }

  @Override
  public JobModel fit(String learner, List<Run> runs, Quantity quantity, long seed) {
    List<Run> latest = runs.subList(Math.max(0, runs.size() - MOST_FITTED), runs.size());
    Optional<JobModel> model =
        latest.stream().noneMatch(run -> quantity.of(run).isPresent())
            ? Optional.empty()
            : model(learner, latest, quantity, seed);
    return model.orElseThrow(
        () ->
            PredictorException.usage(
                "No run of the job has a " + quantity.text(), null, "send runs that have it"));
  }

  private static Optional<JobModel> model(
      String learner, List<Run> runs, Quantity quantity, long seed) {
    if (learner.equals(ERNEST)) {
      return Optional.of(RuntimeModels.fitErnest(runs, Target.valueOf(quantity.name())));
    }
    return quantity == Quantity.PEAK_MEMORY_MB
        ? MemoryModels.fit(runs)
        : Optional.of(RuntimeModels.fit(runs, Target.valueOf(quantity.name()), seed));
  }

  @Override
  public Recommendation recommend(Question question) {
    Prices list = prices(question);
    checkMachineTypes(question, list);
    Request request =
        new Request(
            question.job(),
            question.runs(),
            Optional.of(question.inputs()),
            question.constraints(),
            question.platform());
    JobModels models =
        new JobModels(
            question.models().get(Quantity.RUNTIME_SECONDS),
            Optional.ofNullable(question.models().get(Quantity.PEAK_MEMORY_MB)),
            Optional.ofNullable(question.models().get(Quantity.CPU_UTILISATION)));
    Recommender recommender = new Recommender(asItIs(question, list), runs -> models);
    check(recommender, request);
    return question.candidates().isEmpty()
        ? recommender.recommend(request, models)
        : recommender.recommend(request, models, candidates(question, list));
  }

  @Override
  public Recommendation first(Question question, List<Run> others) {
    Prices list = prices(question);
    checkMachineTypes(question, list);
    Request request =
        new Request(
            question.job(),
            question.runs(),
            others,
            question.inputs().isEmpty() ? Optional.empty() : Optional.of(question.inputs()),
            question.constraints(),
            question.platform());
    Recommender recommender = new Recommender(asItIs(question, list), this::ofOtherJob);
    check(recommender, request);
    return question.candidates().isEmpty()
        ? recommender.first(request)
        : recommender.first(request, candidates(question, list));
  }

  private JobModels ofOtherJob(List<Run> runs) {
    return new JobModels(
        RuntimeModels.fit(runs, Target.RUNTIME_SECONDS, 1),
        MemoryModels.fit(runs),
        Optional.empty());
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
