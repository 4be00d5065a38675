package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.RunJson;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about runs that have been or never will be, and names that are none. */
class QuestionsTest extends WithService {
  /** A prediction of it could never be closed. */
  @Test
  void predictsNoRunThatHasBeen() throws Exception {
    ObjectNode predicted = RunJson.MAPPER.createObjectNode();
    predicted.put("job", "known").put("run_id", "past3");
    predicted.set("cluster", RunJson.of(Jobs.cluster(2)));
    predicted.putObject("inputs").put("input_gb", 12);
    ObjectNode failed = RunJson.of(Jobs.run("begun", "failed", 2, 12, 1));
    caller.post("/v1/runs", failed.put("outcome", "failed"));
    for (HttpResponse<String> refused :
        List.of(
            caller.post("/v1/recommend", Jobs.ask("known", "past3", 12)),
            caller.post("/v1/recommend", Jobs.ask("begun", "failed", 12)),
            caller.post("/v1/predict", predicted))) {
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
      openApi.describes("POST", "/v1/recommend", refused);
      assertThat(json(refused).at("/errors/0/pointer").asText()).isEqualTo("/run_id");
    }
    assertThat(json(caller.get("/v1/predictions?job=known")).findValuesAsText("run_id"))
        .doesNotContain("past3");
    ObjectNode asked = Jobs.ask("known", "told-twice", 12);
    String first = caller.post("/v1/recommend", asked).body();
    caller.post("/v1/runs", RunJson.of(Jobs.run("known", "told-twice", 2, 12, 1)));
    assertThat(caller.post("/v1/recommend", asked).body())
        .as("what was answered before the run stays answered")
        .isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"job", "id", "machine_type", "input_gb", "runtime_seconds"})
  void takesNoHalfOfASurrogatePair(String where) throws Exception {
    String run = RunJson.of(Jobs.run("halves", "one", 2, 12, 1)).toString();
    String halved =
        switch (where) {
          case "job" -> run.replace("halves", "\\ud800");
          case "id" -> run.replace("\"one\"", "\"run \\udc00\"");
          case "machine_type" -> run.replace("m5.xlarge", "\\udc00\\ud800");
          default -> run.replace(where, where + "\\ud800");
        };
    assertThat(halved).isNotEqualTo(run);
    HttpResponse<String> refused = caller.send("POST", "/v1/runs", halved);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    openApi.describes("POST", "/v1/runs", refused);
    assertThat(caller.get("/v1/jobs").body()).doesNotContain("halves").doesNotContain("?");
    String whole = run.replace("halves", "\\ud83d\\ude80").replace("one", where);
    assertThat(caller.send("POST", "/v1/runs", whole).statusCode()).isEqualTo(201);
  }

  @Test
  void isNeverSureOfInputsFarBeyondTheRuns() throws Exception {
    for (double gigabytes : new double[] {700, 7_000, 1e9, 1e300, 1e308}) {
      HttpResponse<String> asked = caller.post("/v1/recommend", Jobs.ask("known", null, gigabytes));
      assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
      openApi.describes("POST", "/v1/recommend", asked);
      assertThat(json(asked).at("/recommendation/details/decision").asText())
          .isIn("known-safe", "no-advice");
      ObjectNode body = RunJson.MAPPER.createObjectNode().put("job", "known");
      body.set("cluster", RunJson.of(Jobs.cluster(2)));
      body.putObject("inputs").put("input_gb", gigabytes);
      HttpResponse<String> predicted = caller.post("/v1/predict", body);
      assertThat(predicted.statusCode()).as(predicted.body()).isEqualTo(200);
      for (String quantity : new String[] {"runtime_seconds", "peak_memory_mb"}) {
        assertThat(json(predicted).at("/prediction/" + quantity + "/known").asBoolean())
            .as(quantity)
            .isFalse();
      }
    }
  }
}
