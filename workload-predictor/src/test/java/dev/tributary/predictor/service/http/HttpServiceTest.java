package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.RunJson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HttpServiceTest extends WithService {
  @Test
  void theDocumentNamesEveryRouteAndNoOther() throws Exception {
    TreeSet<String> documented = new TreeSet<>();
    openApi
        .document()
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    TreeSet<String> served = new TreeSet<>();
    try (PredictorApi api =
        PredictorApi.open(data.resolve("routes"), Optional.empty(), "a test", Duration.ZERO)) {
      Routes.of(api, new Metrics())
          .forEach(
              route -> {
                served.add(route.method() + " " + route.path());
                boolean open =
                    openApi
                        .document()
                        .path("paths")
                        .path(route.path())
                        .path(route.method().name().toLowerCase(Locale.ROOT))
                        .has("security");
                assertThat(open).as(route.path() + " is open").isEqualTo(route.open());
              });
    }
    assertThat(documented).isEqualTo(served).hasSizeGreaterThan(15);
    assertThat(openApi.document().findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref ->
                assertThat(openApi.document().at(ref.substring(1)).isMissingNode())
                    .as(ref)
                    .isFalse());
  }

  @Test
  void tellsNothingOfJobsWithoutTheToken() throws Exception {
    Caller wrong = new Caller(caller.url(), caller.token() + "x");
    for (Map.Entry<String, JsonNode> path : openApi.document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(Locale.ROOT);
        boolean open = method.getValue().has("security");
        for (Caller unknown : new Caller[] {stranger, wrong}) {
          HttpResponse<String> answer = unknown.send(name, path.getKey(), "{}");
          assertThat(answer.statusCode()).as(name + path.getKey()).isEqualTo(open ? 200 : 401);
          if (!open) {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            openApi.describes(name, path.getKey(), answer);
          }
        }
      }
    }
  }

  @Test
  void keepsTheTokenForItsOwner() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("token"))))
        .isEqualTo("rw-------");
    assertThat(caller.token()).hasSizeGreaterThan(40);
  }

  @Test
  void writesAPredictionBeforeTheRunAndClosesItByTheOutcome() throws Exception {
    ObjectNode question = Jobs.ask("known", "next", 12);
    HttpResponse<String> asked = caller.post("/v1/recommend", question);
    openApi.describes("POST", "/v1/recommend", asked);
    JsonNode recommended = json(asked);
    assertThat(recommended.at("/recommendation/advice").asBoolean()).isTrue();
    assertThat(recommended.path("apply").asBoolean()).as("shadow applies nothing").isFalse();
    assertThat(recommended.at("/prediction/runtime_seconds/expected").asDouble())
        .isBetween(72.0, 88.0);
    assertThat(caller.post("/v1/recommend", question).body()).isEqualTo(asked.body());

    HttpResponse<String> open = caller.get("/v1/predictions?job=known&state=open");
    openApi.describes("GET", "/v1/predictions", open);
    assertThat(json(open).findValuesAsText("run_id")).contains("next");

    Run run = Jobs.run("known", "next", 2, 12, 1.02);
    HttpResponse<String> closed = caller.post("/v1/feedback", Jobs.feedback(run));
    openApi.describes("POST", "/v1/feedback", closed);
    assertThat(json(closed).path("state").asText()).isEqualTo("closed");
    assertThat(json(closed).at("/outcome/as_predicted").asBoolean()).isTrue();
    assertThat(json(closed).at("/outcome/covered").asBoolean()).isTrue();
    JsonNode again = json(caller.post("/v1/feedback", Jobs.feedback(run)));
    assertThat(again.path("already_closed").asBoolean()).isTrue();
    HttpResponse<String> other =
        caller.post("/v1/feedback", Jobs.feedback(Jobs.run("known", "next", 2, 12, 1.5)));
    assertThat(other.statusCode()).isEqualTo(409);

    String id = recommended.path("prediction_id").asText();
    HttpResponse<String> why = caller.get("/v1/explanation?prediction=" + id);
    openApi.describes("GET", "/v1/explanation", why);
    assertThat(json(why).at("/answer/rests_on/nearest_runs").size()).isEqualTo(5);
    assertThat(json(why).at("/answer/rests_on/nearest_runs").findValuesAsText("run_id"))
        .doesNotContain("next");
    HttpResponse<String> accuracy = caller.get("/v1/accuracy?job=known");
    openApi.describes("GET", "/v1/accuracy", accuracy);
    assertThat(json(accuracy).path("mape").asDouble()).isBetween(0.0, 0.15);
    HttpResponse<String> frontier = caller.get("/v1/frontier?job=known");
    openApi.describes("GET", "/v1/frontier", frontier);
    assertThat(json(frontier).path("frontier"))
        .isEqualTo(recommended.at("/recommendation/frontier"));
  }

  @Test
  void answersWhatItsDocumentDescribes() throws Exception {
    for (String path :
        new String[] {
          "/health",
          "/openapi.json",
          "/metrics",
          "/",
          "/v1/jobs",
          "/v1/models?job=known",
          "/v1/runs?job=known&limit=3",
          "/v1/accuracy?job=known&series=2"
        }) {
      HttpResponse<String> answer = caller.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      openApi.describes("GET", path.split("\\?")[0], answer);
    }
    ObjectNode predict = RunJson.MAPPER.createObjectNode().put("job", "known");
    predict.set("cluster", RunJson.of(Jobs.cluster(3)));
    predict.putObject("inputs").put("input_gb", 11);
    openApi.describes("POST", "/v1/predict", caller.post("/v1/predict", predict));
    HttpResponse<String> mode =
        caller.send("PUT", "/v1/mode", "{\"job\":\"known\",\"mode\":\"suggest\"}");
    assertThat(mode.statusCode()).isEqualTo(200);
    openApi.describes("PUT", "/v1/mode", mode);
    HttpResponse<String> challenge =
        caller.send("POST", "/v1/challenge", "{\"job\":\"known\",\"latest_runs\":6}");
    openApi.describes("POST", "/v1/challenge", challenge);
    HttpResponse<String> early = caller.send("POST", "/v1/promote", "{\"job\":\"known\"}");
    assertThat(early.statusCode()).as("nothing came after the challenger").isEqualTo(409);
    HttpResponse<String> forced =
        caller.send("POST", "/v1/promote", "{\"job\":\"known\",\"force\":true}");
    openApi.describes("POST", "/v1/promote", forced);
    assertThat(json(forced).get(1).path("status").asText()).isEqualTo("champion");
    HttpResponse<String> back = caller.send("POST", "/v1/rollback", "{\"job\":\"known\"}");
    openApi.describes("POST", "/v1/rollback", back);
    assertThat(json(back).get(0).path("status").asText()).isEqualTo("champion");
  }

  @Test
  void tellsMetricsInPrometheusFormat() throws Exception {
    caller.post("/v1/runs", Jobs.runs("a \"quoted\\ job\"", "q", 1, 3));
    HttpResponse<String> answer = caller.get("/metrics");
    assertThat(answer.body().lines())
        .allMatch(
            line ->
                line.startsWith("# HELP tributary_predictor_")
                    || line.startsWith("# TYPE tributary_predictor_")
                    || line.matches(
                        "tributary_predictor_[a-z_]+(\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)+\\})?"
                            + " -?[0-9.E-]+"));
    assertThat(answer.body())
        .contains("tributary_predictor_runs{job=\"known\"} 2")
        .contains("tributary_predictor_runs{job=\"a \\\"quoted\\\\ job\\\"\"} 1")
        .contains("route=\"/v1/runs\",status=\"201\"} ");
  }

  @Test
  void thePageBringsAllItsPartsAndNoMarkupFromData() throws Exception {
    HttpResponse<String> page = stranger.get("/");
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'sha256-", "style-src 'sha256-")
        .doesNotContain("unsafe");
    String withoutNamespace = page.body().replace("http://www.w3.org/2000/svg", "");
    assertThat(withoutNamespace)
        .doesNotContain("http:", "https:", "innerHTML", "insertAdjacentHTML", "document.write")
        .doesNotContain("eval(", " style=", " onclick=", "src=");
    assertThat(page.body().split("<script>")).hasSize(2);
    assertThat(page.body()).doesNotContain("known");
  }
}
