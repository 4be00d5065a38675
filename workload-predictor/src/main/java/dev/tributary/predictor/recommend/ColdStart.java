package dev.tributary.predictor.recommend;

import dev.tributary.predictor.price.Prices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The first cluster of a job that has not finished a run, by what other jobs did.
 *
 * <p>The clusters are tried in the order of {@link FirstCandidates}. The first wins that keeps the
 * constraints by what the other jobs took on it: all of them, or, failing that, their mean. On
 * demand; an executor has all of its machine.
 */
final class ColdStart {
  private static final Comparator<Assessment> BY_BOUND =
      Comparator.comparingDouble((Assessment of) -> of.runtime().upper())
          .thenComparing(of -> of.candidate().label());
  private static final int MOST_FITTED = 8;

  private final Request request;
  private final Constraints constraints;
  private final SimilarJobs similar;
  private final List<OtherJob> others;
  private final FirstCandidates candidates;
  private final FirstAssessor assessor;

  /**
   * @param given what may be chosen; empty: what other jobs ran on
   */
  ColdStart(Request request, ModelSource source, Prices prices, List<Candidate> given) {
    this.request = request;
    this.constraints = request.constraints();
    this.similar = SimilarJobs.to(request);
    this.others = new ArrayList<>();
    for (SimilarJobs.Similar job : similar.jobs()) {
      others.add(
          new OtherJob(
              job, source, others.size() < MOST_FITTED, request.nextInputs(), !given.isEmpty()));
    }
    this.candidates = new FirstCandidates(request, prices, similar, others, given);
    this.assessor = new FirstAssessor(request, prices, similar.basis(), others);
  }

  Recommendation choose() {
    List<Assessment> assessed = candidates.ordered().stream().map(assessor::assess).toList();
    Optional<Assessment> best =
        assessed.stream()
            .filter(of -> of.rejection().isEmpty())
            .findFirst()
            .or(() -> assessed.stream().filter(this::keepsOnAverage).min(BY_BOUND));
    return best.isPresent() ? pick(best.get(), assessed) : none(assessed);
  }

  private Recommendation pick(Assessment best, List<Assessment> assessed) {
    Assessment chosen = best.accepted();
    Settings settings = Settings.of(request, chosen.candidate(), chosen.container().orElseThrow());
    return new Recommendation.FirstPick(
        request,
        chosen,
        similar.jobs().stream().map(SimilarJobs.Similar::alike).toList(),
        why(best),
        assessed.stream().map(of -> of == best ? chosen : passedOver(of)).toList(),
        settings.sparkConf(),
        Differences.changes(request, chosen.candidate(), "no run has finished yet"),
        settings.carriedOver());
  }

  private static Assessment passedOver(Assessment of) {
    return of.rejection().isPresent()
        ? of
        : of.rejected(Reason.DEARER, "is expected to be dearer or less safe than the chosen one");
  }

  private String why(Assessment best) {
    long ran = others.stream().filter(o -> o.ranOn(best.candidate().cluster())).count();
    return similar.text(request)
        + (ran > 0
            ? "; %d of them finished on this cluster".formatted(ran)
            : "; none of them ran on this cluster, which the constraints ask for")
        + best.rejection().map(why -> "; it " + why.text() + " for some of them").orElse("");
  }

  private boolean keepsOnAverage(Assessment of) {
    return of.isSafe()
        && of.runtime().expected()
            <= constraints.deadline().map(Values::seconds).orElse(Double.POSITIVE_INFINITY)
        && of.cost().usd() <= constraints.maxCostUsd().orElse(Double.POSITIVE_INFINITY);
  }

  private Recommendation none(List<Assessment> assessed) {
    Optional<Assessment> nearest = assessed.stream().filter(Assessment::isSafe).min(BY_BOUND);
    String why =
        assessed.isEmpty()
            ? ", and none ran on a priced machine type that the constraints allow"
            : nearest
                .or(() -> assessed.stream().findFirst())
                .map(
                    of ->
                        "; the nearest, %s, %s"
                            .formatted(of.candidate().label(), of.rejection().orElseThrow().text()))
                .orElseThrow();
    return new Recommendation.NoAdvice(request, similar.text(request) + why, nearest, assessed);
  }
}
