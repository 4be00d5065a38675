package dev.tributary.pipelines.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tributary.pipelines.job.BodyJob;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.job.RecordedRuns;
import dev.tributary.pipelines.job.RunSizing;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.PredictorClient;
import dev.tributary.predictor.service.RunJson;
import dev.tributary.predictor.service.http.HttpService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs, on a real session, against a store and against a service in Spark's class path. */
class SizedRunTest {
  @TempDir static Path directory;
  private static final String LOCAL = "spark.master=local[1]";
  private static SparkSession spark;

  @TempDir Path predictor;
  private Path input;

  record Counted(String input, long least) {}

  /** Counts the lines of a file. */
  private static final Job<Counted> COUNT =
      new BodyJob<>(
          "count",
          Counted.class,
          (context, config) -> {
            long lines = context.spark().read().textFile(config.input()).count();
            if (lines < config.least()) {
              throw new IllegalStateException("only " + lines + " lines");
            }
            return JobResult.of("lines", lines);
          });

  @BeforeAll
  static void openSession() {
    spark = RecordedRuns.open(directory.resolve("lake"), "local[1]");
  }

  @AfterAll
  static void closeSession() {
    spark.stop();
  }

  @BeforeEach
  void writeInput() throws Exception {
    input = Files.writeString(predictor.resolve("input.txt"), "a\nb\nc\n");
  }

  private JsonNode run(PredictorClient client, ExitCode expected, String... arguments)
      throws Exception {
    RecordedRuns runs = new RecordedRuns(spark, directory.resolve("lake"));
    assertThat(runs.run(Optional.of(sizing(client)), COUNT, arguments))
        .as(runs.err())
        .isEqualTo(expected);
    JsonNode closing = runs.closingLine();
    assertThat(closing.path("status").asText())
        .isEqualTo(expected == ExitCode.SUCCESS ? "succeeded" : "failed");
    return closing;
  }

  /** What the predictor is to know: eight runs on one core that took some seconds each. */
  private ArrayNode past() {
    ArrayNode runs = RunJson.MAPPER.createArrayNode();
    for (int i = 0; i < 8; i++) {
      runs.add(
          RunJson.of(
              new Run(
                  "count",
                  "past" + i,
                  Optional.empty(),
                  SparkCluster.local(1),
                  Map.of("bytes.input", 6.0, "least", 1.0),
                  Duration.ofMillis(3000 + 10 * i),
                  OptionalDouble.empty(),
                  OptionalDouble.of(0.5),
                  Outcome.FINISHED,
                  Map.of())));
    }
    return runs;
  }

  private PredictorClient client() {
    return PredictorClient.at(predictor.resolve("store").toString(), Optional.empty());
  }

  private PredictorApi open() {
    return PredictorApi.open(
        predictor.resolve("store"), Optional.empty(), "a test", Duration.ofSeconds(5));
  }

  /** The sizing alone, without a session: what a run would be asked to be. */
  private Map<String, String> size(PredictorSizing sizing, Map<String, String> given) {
    return sizing.before(
        new RunSizing.Start(
            UUID.randomUUID().toString(),
            "count",
            Instant.now(),
            Map.of("input", input.toString(), "least", "1"),
            given));
  }

  private static Map<String, Object> end(PredictorSizing sizing, RunSizing.Ended how) {
    return sizing.after(
        new RunSizing.End(
            how,
            Duration.ofSeconds(3),
            Map.of("cores", 1.0),
            Optional.of("java.lang.OutOfMemoryError")));
  }

  private static PredictorSizing sizing(PredictorClient client) {
    return new PredictorSizing(client, Optional.of(Duration.ofSeconds(60)));
  }

  @Test
  void reportsTheFirstRunPredictsTheSecondAndRunsWithoutAPredictor() throws Exception {
    PredictorClient client = client();
    JsonNode first = run(client, ExitCode.SUCCESS, "input=" + input, "least=1", LOCAL);
    assertThat(first.at("/sizing/state").asText()).contains("first");
    JsonNode second = run(client, ExitCode.SUCCESS, "input=" + input, "least=1", LOCAL);
    assertThat(second.at("/sizing/state").asText()).isEqualTo("closed");
    assertThat(second.at("/sizing/mode").asText()).isEqualTo("shadow");
    assertThat(second.at("/sizing/applied")).isEmpty();
    assertThat(second.at("/sizing/outcome/as_predicted").asBoolean()).isTrue();
    try (PredictorApi api = open();
        Socket deaf = new Socket()) {
      JsonNode runs = api.runs("count", Long.MAX_VALUE, 10);
      assertThat(runs).hasSize(2);
      assertThat(runs.get(1).at("/inputs/bytes.input").asDouble()).isEqualTo(6);
      assertThat(runs.get(1).at("/features/tasks").asDouble()).isPositive();
      assertThat(api.accuracy("count", 0).path("scored").asInt()).isEqualTo(1);
      assertThat(api.accuracy("count", 0).path("open").asInt()).isZero();
      // Nobody listens there, and the job runs all the same.
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Path token = Files.writeString(predictor.resolve("a-token"), "of-nobody-who-listens");
      PredictorClient nobody =
          PredictorClient.at("http://127.0.0.1:" + deaf.getLocalPort(), Optional.of(token));
      JsonNode alone = run(nobody, ExitCode.SUCCESS, "input=" + input, "least=1", LOCAL);
      assertThat(alone.path("lines").asInt()).isEqualTo(3);
    }
  }

  @Test
  void appliesWhatIsRecommendedWhereTheModeSaysSoAndTheUserSetNothing() {
    try (PredictorApi api = open()) {
      api.addRuns(past());
      api.setMode(
          RunJson.MAPPER
              .createObjectNode()
              .put("job", "count")
              .put("mode", "auto-apply")
              .put("force", true));
    }
    PredictorSizing free = sizing(client());
    assertThat(size(free, Map.of()))
        .containsOnly(
            Map.entry("spark.master", "local[1]"), Map.entry("spark.sql.shuffle.partitions", "2"));
    JsonNode told = RunJson.MAPPER.valueToTree(end(free, RunSizing.Ended.SUCCEEDED));
    assertThat(told.at("/outcome/as_predicted").asBoolean()).isTrue();
    assertThat(told.at("/outcome/outcome").asText()).isEqualTo("finished");
    PredictorSizing given = sizing(client());
    assertThat(size(given, Map.of("spark.master", "local[1]"))).isEmpty();
    JsonNode failed = RunJson.MAPPER.valueToTree(end(given, RunSizing.Ended.FAILED));
    assertThat(failed.at("/outcome/outcome").asText()).isEqualTo("out_of_memory");
  }

  @Test
  void asksAServiceThatRunsInSparksClassPath() {
    Path store = predictor.resolve("store");
    try (HttpService service = HttpService.start(open(), "127.0.0.1", 0, store, Optional.empty())) {
      PredictorClient client =
          PredictorClient.at(
              "http://127.0.0.1:" + service.port(), Optional.of(store.resolve("token")));
      client.addRuns(past());
      PredictorSizing sizing = sizing(client);
      size(sizing, Map.of("spark.master", "local[1]"));
      JsonNode told = RunJson.MAPPER.valueToTree(end(sizing, RunSizing.Ended.SUCCEEDED));
      assertThat(told.path("state").asText()).isEqualTo("closed");
      assertThat(told.at("/predicted_runtime_seconds/expected").asDouble()).isBetween(2.5, 3.5);
    }
  }
}
