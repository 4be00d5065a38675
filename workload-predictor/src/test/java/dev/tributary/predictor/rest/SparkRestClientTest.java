package dev.tributary.predictor.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.feature.ApplicationRecord;
import dev.tributary.predictor.feature.ApplicationSummary;
import dev.tributary.predictor.feature.ReadReport;
import dev.tributary.predictor.run.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in the form of Spark 4.0's API, of an application of two pages of tasks. */
class SparkRestClientTest {
  private static final String ROOT = "/api/v1/applications";
  private static final String APPLICATION = ROOT + "/app-1";
  private static final String ATTEMPT = APPLICATION + "/2";
  private static final String TASKS =
      ATTEMPT + "/stages/0/0/taskList?sortBy=ID&length=1000&offset=";
  private static final Map<String, String> ANSWERS =
      Map.of(
          ROOT,
          "[{\"id\":\"app-1\"},{\"id\":\"broken\"}]",
          APPLICATION,
          "{\"id\":\"app-1\",\"name\":\"etl 2024-01-31\",\"attempts\":[{\"attemptId\":\"2\","
              + "\"startTimeEpoch\":1706695200000,\"endTimeEpoch\":1706695260000,"
              + "\"completed\":true,\"appSparkVersion\":\"4.0.1\"}]}",
          ATTEMPT + "/environment",
          "{\"sparkProperties\":[[\"spark.master\",\"yarn\"],[\"spark.executor.memory\",\"2g\"]],"
              + "\"systemProperties\":[[\"sun.java.command\",\"SparkSubmit --class a.Main x\"]]}",
          ATTEMPT + "/allexecutors",
          "[{\"id\":\"driver\",\"totalCores\":0},{\"id\":\"1\",\"totalCores\":4,"
              + "\"addTime\":\"2024-01-31T10:00:10.000GMT\",\"hostPort\":\"h:1\","
              + "\"peakMemoryMetrics\":{\"JVMHeapMemory\":1500000000}}]",
          ATTEMPT + "/jobs",
          "[{\"jobId\":0,\"submissionTime\":\"2024-01-31T10:00:10.000GMT\","
              + "\"completionTime\":\"2024-01-31T10:00:50.000GMT\",\"status\":\"SUCCEEDED\"}]",
          ATTEMPT + "/stages",
          "[{\"status\":\"COMPLETE\",\"stageId\":0,\"attemptId\":0,\"numTasks\":1001,"
              + "\"submissionTime\":\"2024-01-31T10:00:10.000GMT\"}]",
          TASKS + "0",
          tasks(1000),
          TASKS + "1000",
          tasks(1),
          ATTEMPT + "/sql?details=true&planDescription=false&offset=0&length=100",
          "[{\"id\":0,\"nodes\":[{\"nodeId\":0,\"nodeName\":\"HashAggregate\"},{\"nodeId\":1,"
              + "\"nodeName\":\"Scan parquet\"}],\"edges\":[{\"fromId\":1,\"toId\":0}]}]");

  private HttpServer server;
  private SparkRestClient client;
  private String address;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String asked = exchange.getRequestURI().toString();
          String answer = asked.endsWith("/broken") ? "<html>log in</html>" : ANSWERS.get(asked);
          byte[] body = (answer == null ? "unknown" : answer).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext("/slow", exchange -> exchange.sendResponseHeaders(200, 100));
    server.start();
    address =
        "http://%s:%d"
            .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
    client = new SparkRestClient(address + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAttemptHasTheFeaturesThatItsEventLogWouldHave() {
    assertThat(client.applications()).containsExactly("app-1", "broken");
    ApplicationRecord read = client.attempts("app-1").get(0);
    ApplicationSummary summary = read.summary();
    assertThat(read.counts().taskEnds()).isEqualTo(1001);
    assertThat(read.counts().stagesCompleted()).isEqualTo(1);
    assertThat(summary.key()).isEqualTo("app-1_2");
    assertThat(summary.job()).isEqualTo("etl *@a.Main");
    assertThat(summary.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(summary.runtime()).hasSeconds(60);
    assertThat(summary.cluster().coresPerWorker()).isEqualTo(4);
    assertThat(summary.peakMemoryMb()).hasValue(1500);
    assertThat(summary.features())
        .containsEntry("tasks", 1001.0)
        .containsEntry("input_bytes", 1001 * 500.0)
        .containsEntry("core_seconds", 200.0)
        .containsEntry("task_p50_seconds", 0.1)
        .containsEntry("stages", 1.0)
        .containsEntry("plan_scans", 1.0)
        .containsEntry("plan_depth", 2.0);
  }

  @Test
  void whatIsNotThereIsUnreachableAndAWrongAddressIsSaid() {
    assertThatThrownBy(() -> client.attempts("app-9"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("answered 404");
    assertThatThrownBy(() -> new SparkRestClient("localhost"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("localhost is no HTTP address");
    assertThatThrownBy(() -> new SparkRestClient("http://a b/"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("http://a b/ is no HTTP address");
  }

  @Test
  void anIdThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> client.read(List.of("app-9"), record -> {}))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("no application app-9")
        .hasMessageContaining("It has 2: app-1, broken");
  }

  @Test
  void oneThatCannotBeReadIsNamedAndTheOthersAreRead() {
    List<String> read = new ArrayList<>();
    ReadReport report = client.read(List.of(), record -> read.add(record.summary().key()));
    assertThat(read).containsExactly("app-1_2");
    assertThat(report.logs()).isEqualTo(2);
    assertThat(report.applications()).isEqualTo(1);
    assertThat(report.taskEnds()).isEqualTo(1001);
    assertThat(report.unreadable()).singleElement().asString().contains("broken", "than JSON");
  }

  @Test
  void aServerThatHangsIsGivenUp() {
    SparkRestClient impatient = new SparkRestClient(address + "/slow", Duration.ofMillis(200));
    assertThatThrownBy(impatient::applications)
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("did not answer within PT0.2S");
  }

  private static String tasks(int count) {
    String task =
        "{\"executorId\":\"1\",\"status\":\"SUCCESS\",\"duration\":100,"
            + "\"launchTime\":\"2024-01-31T10:00:20.000GMT\",\"taskMetrics\":{"
            + "\"executorRunTime\":90,\"inputMetrics\":{\"bytesRead\":500,\"recordsRead\":1}}}";
    return IntStream.range(0, count).mapToObj(i -> task).collect(Collectors.joining(",", "[", "]"));
  }
}
