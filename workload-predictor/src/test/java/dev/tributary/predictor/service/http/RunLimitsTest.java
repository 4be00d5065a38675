package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.RunJson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLimitsTest {
  @TempDir static Path data;
  private static HttpService service;
  private static Caller caller;
  private static OpenApi openApi;

  @BeforeAll
  static void start() throws Exception {
    PredictorApi api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO);
    service = HttpService.start(api, "127.0.0.1", 0, data, Optional.empty());
    String url = "http://127.0.0.1:" + service.port();
    caller = new Caller(url, Files.readString(data.resolve("token")).strip());
    openApi = OpenApi.of(caller.get("/openapi.json"));
    caller.post("/v1/runs", Jobs.runs("known", "past", 3, 1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({"inputs, 64", "features, 1000"})
  void takesSoManyNumbersOfARunAndNoMore(String member, int most) throws Exception {
    ObjectNode run = RunJson.of(Jobs.run("wide", "at-most-" + member, 1, 9, 1));
    ObjectNode numbers = (ObjectNode) run.path(member);
    for (int i = numbers.size(); i < most; i++) {
      numbers.put("n" + i, i);
    }
    assertThat(caller.post("/v1/runs", run).statusCode()).isEqualTo(201);
    numbers.put("more", 1);
    run.put("id", "above-" + member);
    HttpResponse<String> refused = caller.post("/v1/runs", run);
    openApi.describes("POST", "/v1/runs", refused);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).at("/errors/0/pointer").asText()).isEqualTo("/" + member);
    assertThat(caller.get("/v1/runs?job=wide").body()).doesNotContain("above-" + member);
    String documented = "/components/schemas/Run/properties/" + member + "/maxProperties";
    assertThat(openApi.document().at(documented).asInt()).isEqualTo(most);
    ObjectNode asked = (ObjectNode) Jobs.ask("known", null, 12).set("inputs", numbers);
    assertThat(caller.post("/v1/recommend", asked).statusCode()).isEqualTo(422);
  }
}
