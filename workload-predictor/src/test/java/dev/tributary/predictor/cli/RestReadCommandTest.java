package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Spark 4.0.1's REST API answered of a small application, and the event log of the same one
 * (both recorded; class path, host and system properties taken out).
 */
class RestReadCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;
  private String address;

  @BeforeEach
  void serve() throws IOException {
    JsonNode answers = JSON.readTree(resource("answers.json"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          JsonNode answer = answers.path(exchange.getRequestURI().toString());
          byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.isMissingNode() ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static InputStream resource(String name) {
    return RestReadCommandTest.class.getResourceAsStream("/dev/tributary/predictor/rest/" + name);
  }

  private JsonNode read(String... arguments) throws IOException {
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).as(err.toString()).isZero();
    return JSON.readTree(out.toString());
  }

  @Test
  void theApiTellsWhatTheEventLogTells() throws IOException {
    Path log = folder.resolve("local-1");
    java.nio.file.Files.copy(resource("eventlog"), log);
    JsonNode logged = read("read", "--json", log.toString());
    JsonNode asked = read("read", "--rest", address, "--json");
    assertThat(asked.at("/applications")).hasSize(1);
    JsonNode one = asked.at("/applications/0");
    for (String member :
        new String[] {
          "id",
          "name",
          "job",
          "spark_version",
          "started",
          "outcome",
          "workers",
          "cores_per_worker",
          "memory_mb_per_worker",
          "task_ends",
          "stages_completed"
        }) {
      assertThat(one.path(member)).as(member).isEqualTo(logged.at("/applications/0").path(member));
    }
    TreeMap<String, String> different = new TreeMap<>();
    logged
        .at("/applications/0/features")
        .properties()
        .forEach(
            feature -> {
              double expected = feature.getValue().asDouble();
              double actual = one.path("features").path(feature.getKey()).asDouble(Double.NaN);
              if (!(Math.abs(actual - expected) <= 1e-3 * Math.max(1, Math.abs(expected)))) {
                different.put(feature.getKey(), expected + " by the log, " + actual);
              }
            });
    assertThat(different.keySet()).containsExactlyInAnyOrder("tasks_running_peak");
    assertThat(asked.at("/summary/task_ends")).isEqualTo(logged.at("/summary/task_ends"));
  }

  @Test
  void theTableAndTheSumAreThoseOfRead() throws IOException {
    String id =
        JSON.readTree(resource("answers.json")).at("/~1api~1v1~1applications/0/id").asText();
    assertThat(run("read", "--rest", address + "/", "--app", id)).isZero();
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).contains("APPLICATION").contains(id).contains("finished");
    assertThat(err.toString()).contains("1 attempts of 1 applications at " + address);
  }

  @Test
  void whatCannotBeIsSaidWithItsExitCode() throws IOException {
    assertThat(run("read", "--rest", address, "--app", "app-9")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no application app-9 at " + address);
    assertThat(run("read", "--rest", "localhost:4040")).isEqualTo(2);
    assertThat(err.toString()).contains("localhost:4040 is no HTTP address");
    try (Socket deaf = new Socket()) { // has a port and listens to nobody
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThat(run("read", "--rest", "http://127.0.0.1:" + deaf.getLocalPort())).isEqualTo(4);
    }
    assertThat(err.toString()).contains("gave no answer").contains("ConnectException");
    assertThat(run("read", "--rest", address, "logs")).isEqualTo(2);
    assertThat(err.toString()).contains("--rest stands in place of PATH");
    assertThat(run("read", "--app", "app-1", "logs")).isEqualTo(2);
    assertThat(run("read")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hidden@127.0.0.1:1",
        "http://user:hid den@127.0.0.1:1",
        "http://127.0.0.1:1/?token=hidden",
        "http://127.0.0.1:1/#hidden"
      })
  void anAddressThatMayHoldASecretIsRefusedAndNotRepeated(String secret) {
    assertThat(run("read", "--rest", secret)).isEqualTo(2);
    assertThat(err.toString())
        .contains("a user, a query or a fragment")
        .doesNotContain("hidden", "hid den", "den@");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//localhost:4040", "ftp://localhost", "localhost:4040", ""})
  void anAddressOfAnotherKindIsNamed(String address) {
    assertThat(run("read", "--rest", address)).isEqualTo(2);
    assertThat(err.toString()).contains(address + " is no HTTP address");
  }

  private int run(String... arguments) {
    return Main.line(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
  }
}
