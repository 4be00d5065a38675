package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tributary.predictor.service.PredictorApi;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A service on a free port, over a store of its own.
 *
 * @param caller has its token
 * @param stranger has none
 * @param openApi what it says of itself
 */
record Served(HttpService service, Caller caller, Caller stranger, OpenApi openApi)
    implements AutoCloseable {
  static Served with(Path data, ArrayNode runs) throws Exception {
    PredictorApi api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO);
    HttpService service = HttpService.start(api, "127.0.0.1", 0, data, Optional.empty());
    String url = "http://127.0.0.1:" + service.port();
    Caller caller = new Caller(url, Files.readString(data.resolve("token")).strip());
    Caller stranger = new Caller(url, null);
    OpenApi openApi = OpenApi.of(stranger.get("/openapi.json"));
    HttpResponse<String> added = caller.post("/v1/runs", runs);
    openApi.describes("POST", "/v1/runs", added);
    assertThat(json(added).path("added").asInt()).isEqualTo(runs.size());
    return new Served(service, caller, stranger, openApi);
  }

  @Override
  public void close() {
    service.close();
  }
}
