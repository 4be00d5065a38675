package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.RunJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServiceTest {
  @TempDir static Path data;
  private static HttpService service;
  private static Caller caller;
  private static Caller stranger;
  private static OpenApi openApi;

  @BeforeAll
  static void start() throws Exception {
    PredictorApi api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO);
    service = HttpService.start(api, "127.0.0.1", 0, data, Optional.empty());
    String url = "http://127.0.0.1:" + service.port();
    caller = new Caller(url, Files.readString(data.resolve("token")).strip());
    stranger = new Caller(url, null);
    openApi = OpenApi.of(stranger.get("/openapi.json"));
    HttpResponse<String> added = caller.post("/v1/runs", Jobs.runs("known", "past", 24, 1));
    openApi.describes("POST", "/v1/runs", added);
    assertThat(json(added).path("added").asInt()).isEqualTo(24);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

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
  void storesAllRunsOfARequestOrNone() throws Exception {
    ArrayNode runs = Jobs.runs("half", "r", 3, 2);
    ((ObjectNode) runs.get(2)).put("runtime_seconds", -1);
    HttpResponse<String> refused = caller.post("/v1/runs", runs);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).at("/errors/0/pointer").asText()).isEqualTo("/2/runtime_seconds");
    assertThat(caller.get("/v1/runs?job=half").statusCode()).isEqualTo(404);

    ArrayNode clash = Jobs.runs("half", "r", 3, 2);
    clash.insert(0, RunJson.of(Jobs.run("half", "first", 1, 9, 1)));
    clash.set(3, RunJson.of(Jobs.run("known", "past0", 4, 1, 7)));
    assertThat(caller.post("/v1/runs", clash).statusCode()).isEqualTo(409);
    assertThat(caller.get("/v1/runs?job=half").statusCode()).isEqualTo(404);

    JsonNode same = json(caller.post("/v1/runs", Jobs.runs("known", "past", 24, 1)));
    assertThat(same.path("added").asInt()).isZero();
    assertThat(same.path("already_known").asInt()).isEqualTo(24);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/prices/0/on_demand                           | -0.1    | 422 | invalid-price",
        "/prices/0/on_demand                           | null    | 422 | missing-price",
        "/prices                                      | []      | 422 | missing-price",
        "/constraints | {\"min_workers\":5,\"max_workers\":2}   | 422 | contradictory-constraints",
        "/constraints | {\"machine_types\":[\"x9.huge\"]}       | 422 | unknown-machine-type",
        "/constraints | {\"enforce\":{\"machine_type\":\"x9.huge\"}} | 422 | unknown-machine-type",
        "/constraints | {\"enforce\":{\"workers\":9},\"max_workers\":2} | 422 | contradictory-constraints",
        "/output                                      | \"abacus\" | 422 | invalid-value",
        "/constraints | {\"deadline_seconds\":0}                | 422 | invalid-value",
        "/constraints | {\"confidence\":1}                      | 422 | invalid-value",
        "/current | {\"machine_type\":\"m5.xlarge\",\"workers\":65536,\"cores_per_worker\":65536,\"memory_mb_per_worker\":1} | 422 | invalid-value",
        "/constraints | {\"dead_line\":1}                       | 400 | invalid-request",
        "/current/machine_type                        | 7       | 400 | invalid-request",
        "/candidates | [{\"machine_type\":\"x9.huge\",\"workers\":2,\"cores_per_worker\":4,\"memory_mb_per_worker\":16000}] | 422 | unknown-machine-type",
        "/inputs/input_gb                             | 1e999   | 422 | invalid-value",
        "/inputs                                      | []      | 400 | invalid-request"
      })
  void refusesWhatCannotBeAnsweredAndStoresNothing(
      String pointer, String value, int status, String problem) throws Exception {
    ObjectNode body = Jobs.ask("known", "refused", 12);
    int cut = pointer.lastIndexOf('/');
    ((ObjectNode) body.at(pointer.substring(0, cut)))
        .set(pointer.substring(cut + 1), RunJson.MAPPER.readTree("0"));
    String text = body.toString();
    String member = "\"" + pointer.substring(cut + 1) + "\":";
    text = text.replace(member + "0", member + value);
    HttpResponse<String> answer = caller.send("POST", "/v1/recommend", text);
    openApi.describes("POST", "/v1/recommend", answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode document = json(answer);
    assertThat(document.path("type").asText()).isEqualTo("urn:tributary:problem:" + problem);
    assertThat(document.path("status").asInt()).isEqualTo(status);
    assertThat(document.at("/errors/0/pointer").asText()).startsWith("/");
    assertThat(json(caller.get("/v1/predictions?job=known")).findValuesAsText("run_id"))
        .doesNotContain("refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"job\": \"a\", \"cluster\": {\"workers\": x}} | /cluster/workers",
        "{\"job\": \"a\"                                 | /job",
        "{\"job\": \"a\", \"job\": \"b\"}                | /job",
        "{} {}                                           | /",
        "''                                              | /"
      })
  void saysWhereJsonIsMalformed(String body, String pointer) throws Exception {
    HttpResponse<String> answer = caller.send("POST", "/v1/runs", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).path("type").asText()).endsWith(":malformed-json");
    assertThat(json(answer).at("/errors/0/pointer").asText()).isEqualTo(pointer);
  }

  @Test
  void limitsBodiesOfKnownAndUnknownLength() throws Exception {
    byte[] large = new byte[HttpService.LARGEST_BODY + 1];
    java.util.Arrays.fill(large, (byte) ' ');
    for (var body :
        new java.net.http.HttpRequest.BodyPublisher[] {
          BodyPublishers.ofByteArray(large),
          BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))
        }) {
      HttpResponse<String> answer =
          caller.send(
              caller.request("/v1/runs").header("Content-Type", "application/json").POST(body));
      assertThat(answer.statusCode()).isEqualTo(413);
      openApi.describes("POST", "/v1/runs", answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /nowhere 404", "DELETE /v1/runs 405", "POST /health 405"})
  void answersOtherPathsAndMethodsByProblems(String line) throws Exception {
    String[] part = line.split(" ");
    HttpResponse<String> answer = caller.send(part[0], part[1], "{}");
    assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(part[2]));
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(json(answer).path("status").asInt()).isEqualTo(answer.statusCode());
  }

  @Test
  void takesJsonOnly() throws Exception {
    HttpResponse<String> answer =
        caller.send(
            caller
                .request("/v1/runs")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(415);
    openApi.describes("POST", "/v1/runs", answer);
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
