package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Written predictions as JSON. */
final class PredictionJson {
  private PredictionJson() {}

  static ObjectNode of(PredictionTable.Stored one) {
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("prediction_id", one.id())
            .put("job", one.job())
            .put("run_id", one.runId())
            .put("made_at", RunJson.time(one.madeAt()))
            .put("model_version", one.modelVersion())
            .put("state", one.closing().isPresent() ? "closed" : "open");
    json.set("cluster", RunJson.of(one.cluster()));
    json.set("runtime_seconds", RunJson.of(one.runtime()));
    one.closing().ifPresent(closing -> json.set("outcome", outcome(one, closing)));
    return json;
  }

  private static ObjectNode outcome(PredictionTable.Stored one, PredictionTable.Closing closing) {
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("closed_at", RunJson.time(closing.at()))
            .put("runtime_seconds", closing.actual())
            .put("outcome", closing.outcome().name().toLowerCase(Locale.ROOT))
            .put("as_predicted", closing.asPredicted());
    if (closing.scores()) {
      double actual = closing.actual();
      json.put("error", (one.runtime().expected() - actual) / actual)
          .put("covered", one.runtime().lower() <= actual && actual <= one.runtime().upper());
    }
    return json;
  }

  static ArrayNode of(List<PredictionTable.Stored> all) {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    all.forEach(one -> json.add(of(one)));
    return json;
  }
}
