package dev.tributary.predictor.output;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.recommend.Assessment;
import dev.tributary.predictor.recommend.Candidate;
import dev.tributary.predictor.recommend.Reason;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommendation.Advice;
import dev.tributary.predictor.recommend.Recommendation.Cheapest;
import dev.tributary.predictor.recommend.Recommendation.FirstPick;
import dev.tributary.predictor.recommend.Recommendation.KnownSafe;
import dev.tributary.predictor.recommend.Recommendation.NoAdvice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A recommendation as one JSON object. {@code decision} is {@code recommended}, {@code known-safe},
 * {@code first-pick} or {@code no-advice}; only the first is {@code known}; times are seconds,
 * money is USD, memory MB where the name does not say MiB.
 */
public final class RecommendationJson {
  private RecommendationJson() {}

  /**
   * The object.
   *
   * @param everyCandidate whether each candidate is listed with its verdict, or only their numbers
   */
  public static Map<String, Object> of(Recommendation answer, boolean everyCandidate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("job", answer.request().job());
    json.put("decision", decision(answer));
    json.put("known", answer instanceof Cheapest);
    json.put("output", answer.request().platform().label());
    answer
        .request()
        .constraints()
        .deadline()
        .ifPresent(deadline -> json.put("deadline_s", deadline.toNanos() / 1e9));
    json.put("confidence", answer.request().constraints().confidence());
    json.put("inputs", new java.util.TreeMap<>(answer.request().nextInputs()));
    if (answer instanceof Cheapest cheapest) {
      json.put("predicted", predicted(cheapest));
    } else if (answer instanceof KnownSafe safe) {
      json.put("why", safe.why());
      json.put("from_run", safe.run());
    } else if (answer instanceof FirstPick first) {
      json.put("why", first.why());
      json.put("by_jobs", first.jobs().stream().map(RecommendationJson::alike).toList());
      json.put("other_jobs_took", otherJobsTook(first.chosen()));
    } else if (answer instanceof NoAdvice none) {
      json.put("why", none.why());
      none.nearestMiss().ifPresent(miss -> json.put("nearest_miss", assessment(miss)));
    }
    if (answer instanceof Advice advice) {
      advice(json, advice);
    }
    json.put("rejected", rejected(answer.candidates(), everyCandidate));
    json.put("frontier", answer.frontier().stream().map(RecommendationJson::assessment).toList());
    return json;
  }

  private static String decision(Recommendation answer) {
    if (answer instanceof Cheapest) {
      return "recommended";
    }
    if (answer instanceof FirstPick) {
      return "first-pick";
    }
    return answer instanceof KnownSafe ? "known-safe" : "no-advice";
  }

  private static Map<String, Object> alike(Recommendation.Alike job) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("job", job.job());
    json.put("likeness", job.likeness().isPresent() ? job.likeness().getAsDouble() : null);
    return json;
  }

  /** What is expected by other jobs; not an interval that holds at a confidence. */
  private static Map<String, Object> otherJobsTook(Assessment chosen) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runtime_s", finite(chosen.runtime().expected()));
    json.put("least_runtime_s", finite(chosen.runtime().lower()));
    json.put("most_runtime_s", finite(chosen.runtime().upper()));
    json.put("cost_usd", finite(chosen.cost().usd()));
    json.put("most_cost_usd", finite(chosen.costBound().usd()));
    json.put("price_source", chosen.candidate().offer().source());
    return json;
  }

  private static void advice(Map<String, Object> json, Advice advice) {
    json.put("cluster", cluster(advice.cluster()));
    ContainerMemory container = advice.container();
    Map<String, Object> executor = new LinkedHashMap<>();
    executor.put("heap_mib", container.heapMib());
    executor.put("overhead_mib", container.overheadMib());
    executor.put("off_heap_mib", container.offHeapMib());
    executor.put("container_mib", container.totalMib());
    executor.put("usable_mb", container.usableMb());
    json.put("executor", executor);
    json.put("spark_conf", advice.sparkConf());
    List<Object> changes = new ArrayList<>();
    for (Recommendation.Change change : advice.changes()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("setting", change.setting());
      entry.put("from", change.from());
      entry.put("to", change.to());
      entry.put("why", change.why());
      changes.add(entry);
    }
    json.put("changed", changes);
    List<Object> carried = new ArrayList<>();
    for (Recommendation.CarriedOver value : advice.carriedOver()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("setting", value.setting());
      entry.put("value", value.value());
      if (!value.note().isEmpty()) {
        entry.put("note", value.note());
      }
      carried.add(entry);
    }
    json.put("carried_over", carried);
    json.put("platform_configuration", PlatformFile.tree(advice));
  }

  private static Map<String, Object> predicted(Cheapest cheapest) {
    Assessment chosen = cheapest.chosen();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runtime_s", prediction(chosen.runtime()));
    chosen.memory().ifPresent(memory -> json.put("peak_memory_mb", prediction(memory)));
    cheapest.cpu().ifPresent(cpu -> json.put("cpu", prediction(cpu)));
    json.put("cost_usd", chosen.cost().usd());
    json.put("cost_bound_usd", chosen.costBound().usd());
    chosen.inTime().ifPresent(share -> json.put("in_time_probability", share));
    json.put("completion_probability", chosen.costBound().completion());
    json.put("interruption_probability", chosen.costBound().interrupted());
    json.put("price_source", chosen.candidate().offer().source());
    return json;
  }

  private static Map<String, Object> prediction(Prediction prediction) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("expected", prediction.expected());
    json.put("lower", finite(prediction.lower()));
    json.put("upper", finite(prediction.upper()));
    json.put("confidence", prediction.confidence());
    json.put("model", prediction.model());
    return json;
  }

  private static Map<String, Object> cluster(Candidate candidate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine_type", candidate.offer().type());
    json.put("workers", candidate.workers());
    json.put("cores_per_worker", candidate.offer().cores());
    json.put("memory_mb_per_worker", candidate.offer().memoryMb());
    json.put("purchase", candidate.purchase().label());
    return json;
  }

  private static Map<String, Object> assessment(Assessment of) {
    Map<String, Object> json = cluster(of.candidate());
    json.put("runtime_s", finite(of.runtime().expected()));
    json.put("runtime_bound_s", finite(of.runtime().upper()));
    json.put("cost_usd", finite(of.cost().usd()));
    json.put("cost_bound_usd", finite(of.costBound().usd()));
    of.inTime().ifPresent(share -> json.put("in_time_probability", share));
    json.put("completion_probability", finite(of.costBound().completion()));
    of.memory().ifPresent(memory -> json.put("peak_memory_bound_mb", finite(memory.upper())));
    of.rejection()
        .ifPresent(
            why -> {
              json.put("reason", label(why.reason()));
              json.put("why", why.text());
            });
    return json;
  }

  private static Map<String, Object> rejected(List<Assessment> candidates, boolean every) {
    Rejections all = Rejections.of(candidates);
    List<Object> summary = new ArrayList<>();
    all.counts()
        .forEach(
            (reason, count) -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("reason", label(reason));
              entry.put("candidates", count);
              entry.put("example", all.examples().get(reason));
              summary.add(entry);
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("of", candidates.size());
    json.put("summary", summary);
    if (every) {
      json.put("candidates", candidates.stream().map(RecommendationJson::assessment).toList());
    }
    return json;
  }

  private static String label(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** JSON has no infinity; what is not finite is null. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
