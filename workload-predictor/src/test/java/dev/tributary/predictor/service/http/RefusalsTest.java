package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.RunJson;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service does not take: a problem that says where, and nothing stored. */
class RefusalsTest extends WithService {
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
        "/inputs/input_gb                             | -1      | 422 | invalid-value",
        "/inputs | {\"input_gb\":12,\"nosuch\":1}             | 422 | unknown-input",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /../.. HTTP/1.1                          | 400",
        "POST /v1/runs HTTP/1.1;Content-Length: seven | 400",
        "OPTIONS /%zz HTTP/1.1                        | 400",
        "GET /v1/jobs HTTP/7.0                        | 505"
      })
  void answersByProblemsWhatIsRefusedBeforeAnyRoute(String head, int status) throws Exception {
    String[] answer = raw(head.replace(";", "\r\n") + "\r\nHost: localhost\r\n\r\n");
    assertThat(answer[0]).startsWith("HTTP/1.1 " + status);
    assertThat(answer[0].lines())
        .anyMatch(line -> line.matches("(?i)content-type: .*problem.json"));
    JsonNode document = RunJson.MAPPER.readTree(answer[1]);
    assertThat(document.path("type").asText()).isEqualTo("about:blank");
    assertThat(document.path("status").asInt()).isEqualTo(status);
    assertThat(document.path("title").asText()).isNotEmpty();
  }

  /** Head and body of the answer to what no HTTP client would send. */
  private String[] raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(caller.url()).getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8).split("\r\n\r\n", 2);
    }
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
