package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.output.RecommendationJson;
import dev.tributary.predictor.recommend.Assessment;
import dev.tributary.predictor.recommend.Candidate;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommendation.Cheapest;
import dev.tributary.predictor.recommend.Recommendation.FirstPick;
import dev.tributary.predictor.recommend.Recommendation.KnownSafe;
import dev.tributary.predictor.recommend.Recommendation.NoAdvice;
import dev.tributary.predictor.run.Cluster;
import java.util.Comparator;
import java.util.List;

/**
 * A recommendation as the service answers it: {@code advice} (whether anything is recommended),
 * {@code fallback} (whether that is the known-safe cluster instead of a predicted one), {@code
 * reason} (one sentence), {@code chosen} (null, or an object with {@code cluster}, {@code
 * runtime_seconds}, {@code runtime_upper_seconds}, {@code cost_usd}), {@code frontier} (an array of
 * such objects, the cheapest first, none of which is beaten in both time and cost) and {@code
 * rejected} (an array of {@code {cluster, reason}}).
 */
final class AdviceJson {
  private static final int MOST_REJECTED = 100;

  private AdviceJson() {}

  /**
   * The answer; {@code details} has the executors, the settings and what was rejected in numbers.
   *
   * @param runtime predicts what was not a candidate
   */
  static ObjectNode of(Recommendation answer, JobModel runtime) {
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("advice", !(answer instanceof NoAdvice))
            .put("fallback", answer instanceof KnownSafe || answer instanceof FirstPick);
    if (answer instanceof Cheapest cheapest) {
      json.put("reason", reason(cheapest)).set("chosen", choice(cheapest.chosen()));
    } else if (answer instanceof KnownSafe safe) {
      json.put("reason", safe.why() + ".").set("chosen", choice(safe, runtime));
    } else if (answer instanceof FirstPick first) {
      json.put("reason", first.why() + ".").set("chosen", choice(first.chosen()));
    } else if (answer instanceof NoAdvice none) {
      json.put("reason", reason(none)).putNull("chosen");
    }
    ArrayNode frontier = json.putArray("frontier");
    List<Assessment> quickestFirst = answer.frontier();
    for (int i = quickestFirst.size() - 1; i >= 0; i--) {
      frontier.add(choice(quickestFirst.get(i)));
    }
    json.set("rejected", rejected(answer.candidates()));
    ObjectNode details = RunJson.MAPPER.valueToTree(RecommendationJson.of(answer, false));
    details.remove("frontier");
    json.set("details", details);
    return json;
  }

  /** The answer for a job that has not finished a run. */
  static ObjectNode ofNew(Recommendation answer) {
    return of(
        answer,
        (cluster, inputs, confidence) -> {
          throw new IllegalStateException("a first pick is not predicted by the job's own model");
        });
  }

  private static String reason(NoAdvice none) {
    boolean ran = !none.request().runs().isEmpty();
    return (ran ? "The job keeps what it runs on: " : "Nothing is recommended: ")
        + none.why()
        + ".";
  }

  private static String reason(Cheapest cheapest) {
    Assessment chosen = cheapest.chosen();
    long fitting = cheapest.candidates().stream().filter(Assessment::fits).count();
    String late = chosen.inTime().isPresent() ? ", the price of being late counted" : "";
    return "The cheapest of %d that fit%s: at most %.4f USD and %.1f s."
        .formatted(fitting, late, chosen.costBound().usd(), chosen.runtime().upper());
  }

  private static ObjectNode choice(Assessment of) {
    return choice(of.candidate(), of.runtime())
        .put("cost_usd", of.cost().usd())
        .put("cost_upper_usd", of.costBound().usd());
  }

  /** At the price of its machines, the driver's left out. */
  private static ObjectNode choice(KnownSafe safe, JobModel runtime) {
    Candidate candidate = safe.cluster();
    Prediction predicted =
        runtime.predict(
            candidate.cluster(),
            safe.request().nextInputs(),
            safe.request().constraints().confidence());
    double usdPerSecond = candidate.offer().onDemandUsd() * candidate.workers() / 3600;
    return choice(candidate, predicted)
        .put("cost_usd", usdPerSecond * predicted.expected())
        .put("cost_upper_usd", usdPerSecond * predicted.upper());
  }

  private static ObjectNode choice(Candidate candidate, Prediction runtime) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    Cluster cluster = candidate.cluster();
    json.set("cluster", RunJson.of(cluster));
    return json.put("purchase", candidate.purchase().label())
        .put("runtime_seconds", runtime.expected())
        .put("runtime_upper_seconds", runtime.upper());
  }

  /** Those that came nearest to fitting first. */
  private static ArrayNode rejected(List<Assessment> candidates) {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    candidates.stream()
        .filter(of -> of.rejection().isPresent())
        .sorted(Comparator.comparing((Assessment of) -> of.rejection().get().reason()).reversed())
        .limit(MOST_REJECTED)
        .forEach(
            of ->
                json.addObject()
                    .put("reason", of.rejection().get().text())
                    .put("purchase", of.candidate().purchase().label())
                    .set("cluster", RunJson.of(of.candidate().cluster())));
    return json;
  }
}
