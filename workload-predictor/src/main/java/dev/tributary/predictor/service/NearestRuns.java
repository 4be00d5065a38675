package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a prediction rests on: the model's version and the runs that are most like the question. */
final class NearestRuns {
  private static final int NEAREST = 5;

  private NearestRuns() {}

  static ObjectNode of(Models.Fit fit, Map<String, Double> inputs, Cluster cluster) {
    JobTable.Version version = fit.version();
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("model_version", version.version())
            .put("learner", version.learner())
            .put("runs", fit.runs().size());
    ArrayNode nearest = json.putArray("nearest_runs");
    Map<Run, Double> distances = new LinkedHashMap<>();
    fit.runs().forEach(run -> distances.put(run, distance(run, inputs, cluster)));
    distances.entrySet().stream()
        .sorted(Comparator.comparingDouble(Map.Entry::getValue))
        .limit(NEAREST)
        .forEach(
            entry -> {
              Run run = entry.getKey();
              ObjectNode one = nearest.addObject().put("run_id", run.id());
              one.set("cluster", RunJson.of(run.cluster()));
              one.set("inputs", RunJson.numbers(run.inputs()));
              one.put("runtime_seconds", run.runtime().toNanos() / 1e9)
                  .put("outcome", run.outcome().name().toLowerCase(Locale.ROOT))
                  .put("distance", entry.getValue());
            });
    return json;
  }

  /** Log ratios of cores and inputs added up, and 1 for another machine type. */
  private static double distance(Run run, Map<String, Double> inputs, Cluster cluster) {
    double sum = Math.abs(Math.log((double) run.cluster().cores() / cluster.cores()));
    sum += run.cluster().machineType().equals(cluster.machineType()) ? 0 : 1;
    for (Map.Entry<String, Double> input : inputs.entrySet()) {
      double here = input.getValue();
      double there = run.inputs().getOrDefault(input.getKey(), 0.0);
      if (here != there) {
        sum += here > 0 && there > 0 ? Math.abs(Math.log(here / there)) : 1;
      }
    }
    return sum;
  }
}
