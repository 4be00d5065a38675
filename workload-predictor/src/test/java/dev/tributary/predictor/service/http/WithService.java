package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.PredictorApi;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a service on a free port, over a store of their own with the runs of one job. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithService {
  Path data;

  /** Has the service's token. */
  Caller caller;

  /** Has none. */
  Caller stranger;

  /** What the service says of itself. */
  OpenApi openApi;

  private HttpService service;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    data = directory;
    PredictorApi api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO);
    service = HttpService.start(api, "127.0.0.1", 0, data, Optional.empty());
    String url = "http://127.0.0.1:" + service.port();
    caller = new Caller(url, Files.readString(data.resolve("token")).strip());
    stranger = new Caller(url, null);
    openApi = OpenApi.of(stranger.get("/openapi.json"));
    ArrayNode runs = Jobs.runs("known", "past", 24, 1);
    HttpResponse<String> added = caller.post("/v1/runs", runs);
    openApi.describes("POST", "/v1/runs", added);
    assertThat(json(added).path("added").asInt()).isEqualTo(runs.size());
  }

  @AfterAll
  void stop() {
    service.close();
  }
}
