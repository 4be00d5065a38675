package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.service.Jobs;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Jobs of which little or nothing is known. */
class NewJobTest extends WithService {
  @Test
  void answersForANewJobByOtherJobsAndStoresNothing() throws Exception {
    HttpResponse<String> asked = caller.post("/v1/recommend", Jobs.ask("nobody", "first", 12));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    openApi.describes("POST", "/v1/recommend", asked);
    JsonNode answer = json(asked);
    assertThat(answer.path("recorded").asBoolean()).isFalse();
    assertThat(answer.path("apply").asBoolean()).isFalse();
    assertThat(answer.at("/prediction/runtime_seconds/known").asBoolean()).isFalse();
    assertThat(answer.at("/recommendation/fallback").asBoolean()).isTrue();
    assertThat(answer.at("/recommendation/reason").asText())
        .contains("no run of job 'nobody' is known");
    assertThat(answer.at("/cluster/machine_type").asText()).isEqualTo("m5.xlarge");
    assertThat(caller.get("/v1/predictions?job=nobody").statusCode()).isEqualTo(404);
    assertThat(caller.get("/v1/runs?job=nobody").statusCode()).isEqualTo(404);
    assertThat(caller.get("/v1/jobs").body()).doesNotContain("nobody");
  }

  @Test
  void saysWhyNothingIsRecommendedForANewJob() throws Exception {
    ObjectNode question = Jobs.ask("nobody", "late", 12);
    question.putObject("constraints").put("deadline_seconds", 1);
    for (boolean withCurrent : new boolean[] {true, false}) {
      HttpResponse<String> asked =
          caller.post("/v1/recommend", withCurrent ? question : question.without("current"));
      assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
      openApi.describes("POST", "/v1/recommend", asked);
      JsonNode answer = json(asked);
      assertThat(answer.at("/recommendation/advice").asBoolean()).isFalse();
      assertThat(answer.at("/recommendation/reason").asText())
          .startsWith("Nothing is recommended: no run of job 'nobody' is known")
          .contains("took up to");
      assertThat(answer.path("recorded").asBoolean()).isFalse();
      assertThat(answer.has("prediction")).isFalse();
      assertThat(answer.has("cluster")).isEqualTo(withCurrent);
    }
    question.putObject("constraints").putObject("enforce").put("machine_type", "r5.4xlarge");
    JsonNode unknown = json(caller.post("/v1/recommend", question));
    assertThat(unknown.at("/recommendation/reason").asText())
        .contains("nothing tells how long the job would take on it");
  }

  @Test
  void aRunThatMeasuredNoPeakIsNoHindrance() throws Exception {
    ArrayNode runs = Jobs.runs("silent", "r", 6, 4);
    runs.forEach(run -> ((ObjectNode) run).put("peak_memory_mb", 0));
    ((ObjectNode) runs.get(0)).put("peak_memory_mb", 5_000).put("outcome", "failed");
    assertThat(caller.post("/v1/runs", runs).statusCode()).isEqualTo(201);
    HttpResponse<String> asked = caller.post("/v1/recommend", Jobs.ask("silent", null, 12));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(json(asked).at("/prediction/peak_memory_mb").isMissingNode()).isTrue();
    ArrayNode more = Jobs.runs("silent", "s", 6, 5);
    assertThat(caller.post("/v1/runs", more).statusCode()).isEqualTo(201);
    asked = caller.post("/v1/recommend", Jobs.ask("silent", null, 12));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(json(asked).at("/prediction/peak_memory_mb/expected").asDouble())
        .isBetween(4_000.0, 6_000.0);
  }
}
