package dev.tributary.predictor.recommend;

import dev.tributary.predictor.model.Lateness;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.Prices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Recommends the cheapest cluster that keeps the constraints at the bounds of the predictions,
 * where under a deadline the risk of being late has its price ({@link Lateness}).
 *
 * <p>Every candidate is predicted; what is unknown, too small, too slow, too risky or too dear is
 * rejected, in this order; the least cost at the bound of the runtime, lateness counted, wins. If
 * all are unknown, what worked before is taken ({@link KnownSafeChoice}). If none fits, there is no
 * advice. A job without a finished run is chosen for by what other jobs did ({@link ColdStart}).
 */
public final class Recommender {
  private static final Comparator<Assessment> CHEAPEST =
      Comparator.comparingDouble(Assessment::counted)
          .thenComparingDouble(of -> of.runtime().upper())
          .thenComparing(of -> of.candidate().label());

  private final Prices prices;
  private final ModelSource source;

  /** With these prices and models. */
  public Recommender(Prices prices, ModelSource source) {
    this.prices = prices;
    this.source = source;
  }

  /**
   * Answers.
   *
   * @throws dev.tributary.predictor.PredictorException for constraints that contradict each other
   *     and machine types without a price
   */
  public Recommendation recommend(Request request) {
    check(request);
    return isNew(request)
        ? first(request, List.of())
        : recommend(request, source.models(request.runs()));
  }

  /**
   * The same among given candidates only: those that the constraints do not allow are left out.
   *
   * @param given at least one
   */
  public Recommendation recommend(Request request, List<Candidate> given) {
    check(request);
    return isNew(request)
        ? first(request, given)
        : recommend(request, source.models(request.runs()), given);
  }

  /** Whether there is nothing to predict the job from, and other jobs have runs. */
  private static boolean isNew(Request request) {
    return !request.hasFinished() && !request.others().isEmpty();
  }

  private Recommendation first(Request request, List<Candidate> given) {
    return new ColdStart(request, source, prices, given).choose();
  }

  /**
   * Refuses constraints that contradict each other and machine types without a price.
   *
   * @throws dev.tributary.predictor.PredictorException that names both
   */
  public void check(Request request) {
    Contradictions.check(request.constraints(), prices, request.platform());
  }

  /** The same with models that were fitted before; the constraints were checked. */
  public Recommendation recommend(Request request, JobModels models) {
    return recommend(request, models, Candidates.of(request, prices));
  }

  private Recommendation recommend(Request request, JobModels models, List<Candidate> given) {
    List<Candidate> candidates =
        given.stream().filter(one -> Candidates.isAllowed(one, request.constraints())).toList();
    Assessor assessor = new Assessor(request, models, prices);
    List<Assessment> assessed = candidates.stream().map(assessor::assess).toList();
    Optional<Assessment> best = assessed.stream().filter(Assessment::fits).min(CHEAPEST);
    if (best.isPresent()) {
      return cheapest(request, models, best.get(), assessed);
    }
    boolean unknown =
        !assessed.isEmpty()
            && assessed.stream()
                .flatMap(of -> of.rejection().stream())
                .allMatch(
                    why -> why.reason() == Reason.UNKNOWN || why.reason() == Reason.NOT_POSSIBLE)
            && assessed.stream()
                .flatMap(of -> of.rejection().stream())
                .anyMatch(why -> why.reason() == Reason.UNKNOWN);
    if (unknown) {
      return new KnownSafeChoice(request, models, prices).choose(assessed);
    }
    return nothing(request, assessed);
  }

  private static Recommendation cheapest(
      Request request, JobModels models, Assessment best, List<Assessment> assessed) {
    List<Assessment> candidates = new ArrayList<>();
    for (Assessment other : assessed) {
      candidates.add(
          other == best || other.rejection().isPresent()
              ? other
              : other.rejected(Reason.DEARER, dearer(other, best)));
    }
    Optional<Prediction> cpu =
        models
            .cpu()
            .map(
                model ->
                    model.predict(
                        best.candidate().cluster(),
                        request.nextInputs(),
                        request.constraints().confidence()));
    Settings settings = Settings.of(request, best.candidate(), best.container().orElseThrow());
    return new Recommendation.Cheapest(
        request,
        best,
        cpu,
        List.copyOf(candidates),
        settings.sparkConf(),
        Differences.changes(request, best.candidate(), best),
        settings.carriedOver());
  }

  private static String dearer(Assessment other, Assessment best) {
    String costs =
        "costs "
            + Values.usd(other.costBound().usd())
            + " at its bound, the chosen one "
            + Values.usd(best.costBound().usd());
    return other.costBound().usd() >= best.costBound().usd()
        ? costs
        : costs
            + ", but ends in time with probability %.3f, the chosen one with %.3f"
                .formatted(other.inTime().orElse(1), best.inTime().orElse(1));
  }

  private static Recommendation nothing(Request request, List<Assessment> assessed) {
    Optional<Assessment> nearest =
        assessed.stream()
            .filter(Assessment::isSafe)
            .min(Comparator.comparingDouble(of -> miss(of, request.constraints())));
    if (nearest.isEmpty()) {
      nearest =
          assessed.stream()
              .filter(of -> of.rejection().map(why -> why.reason() == Reason.MEMORY).orElse(false))
              .max(
                  Comparator.comparingDouble(
                      of ->
                          of.container().map(container -> container.usableMb()).orElse(0.0)
                              / of.memory().map(Prediction::upper).orElse(1.0)));
    }
    String why =
        assessed.isEmpty()
            ? "no priced machine type is allowed on " + request.platform().label()
            : "none of %d candidates fits".formatted(assessed.size());
    return new Recommendation.NoAdvice(
        request,
        nearest
            .map(
                of ->
                    why
                        + "; the nearest, "
                        + of.candidate().label()
                        + ", "
                        + of.rejection().orElseThrow().text())
            .orElseGet(() -> why + example(assessed)),
        nearest,
        assessed);
  }

  private static String example(List<Assessment> assessed) {
    return assessed.stream()
        .findFirst()
        .flatMap(of -> of.rejection().map(r -> "; " + of.candidate().label() + " " + r.text()))
        .orElse("");
  }

  /** How far from fitting, 0 for a fit: the greater of the excesses in time, cost and risk. */
  private static double miss(Assessment of, Constraints constraints) {
    double late =
        constraints
            .deadline()
            .map(deadline -> of.runtime().upper() / Values.seconds(deadline) - 1)
            .orElse(0.0);
    double dear =
        constraints.maxCostUsd().isPresent()
            ? of.costBound().usd() / constraints.maxCostUsd().getAsDouble() - 1
            : 0;
    double risk = constraints.confidence() - of.costBound().completion();
    return Math.max(Math.max(late, dear), Math.max(risk, 0));
  }
}
