package dev.tributary.pipelines.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.job.JobRunner;
import dev.tributary.pipelines.job.RunSetting;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.PredictorClient;
import dev.tributary.predictor.service.RunJson;
import dev.tributary.predictor.service.http.HttpService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs, on a real session, against a store and against a service in Spark's class path. */
class SizedRunTest {
  @TempDir static Path directory;
  private static SparkSession spark;

  @TempDir Path predictor;
  private final Map<String, String> asked = new HashMap<>();
  private Path input;

  record Counted(String input, long least) {}

  /** Counts the lines of a file. */
  record CountJob() implements Job<Counted> {
    @Override
    public String name() {
      return "count";
    }

    @Override
    public String description() {
      return "Counts the lines of a file.";
    }

    @Override
    public Class<Counted> configType() {
      return Counted.class;
    }

    @Override
    public JobResult run(JobContext context, Counted config) {
      long lines = context.spark().read().textFile(config.input()).count();
      if (lines < config.least()) {
        throw new IllegalStateException("only " + lines + " lines");
      }
      return JobResult.of("lines", lines);
    }
  }

  @BeforeAll
  static void openSession() {
    spark =
        new LakeSession(
                Lake.at(directory.resolve("lake")),
                "SizedRunTest",
                Map.of("spark.master", "local[1]"))
            .open();
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    RunSetting setting =
        new RunSetting(
            directory.resolve("lake").toString(),
            (lake, application, settings) -> {
              asked.putAll(settings);
              return spark;
            },
            Map.of(),
            Clock.systemUTC(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    ExitCode code =
        new JobRunner(
                setting,
                Optional.of(new PredictorSizing(client, Optional.of(Duration.ofSeconds(60)))))
            .run(new CountJob(), List.of(arguments));
    String told = err.toString(StandardCharsets.UTF_8);
    assertThat(code).as(told).isEqualTo(expected);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    JsonNode closing = RunJson.MAPPER.readTree(lines.get(lines.size() - 1));
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

  private PredictorApi open() {
    return PredictorApi.open(
        predictor.resolve("store"), Optional.empty(), "a test", Duration.ofSeconds(5));
  }

  @Test
  void reportsTheFirstRunAndPredictsTheSecond() throws Exception {
    PredictorClient client =
        PredictorClient.at(predictor.resolve("store").toString(), Optional.empty());
    String master = "spark.master=local[1]";
    JsonNode first = run(client, ExitCode.SUCCESS, "input=" + input, "least=1", master);
    assertThat(first.at("/sizing/state").asText()).contains("first");
    JsonNode second = run(client, ExitCode.SUCCESS, "input=" + input, "least=1", master);
    assertThat(second.at("/sizing/state").asText()).isEqualTo("closed");
    assertThat(second.at("/sizing/mode").asText()).isEqualTo("shadow");
    assertThat(second.at("/sizing/applied")).isEmpty();
    assertThat(second.at("/sizing/outcome/as_predicted").asBoolean()).isTrue();
    JsonNode failed = run(client, ExitCode.FAILED, "input=" + input, "least=9", master);
    assertThat(failed.at("/sizing/outcome/outcome").asText()).isEqualTo("failed");
    try (PredictorApi api = open()) {
      JsonNode runs = api.runs("count", Long.MAX_VALUE, 10);
      assertThat(runs).hasSize(3);
      assertThat(runs.get(1).at("/inputs/bytes.input").asDouble()).isEqualTo(6);
      assertThat(runs.get(1).at("/features/tasks").asDouble()).isPositive();
      assertThat(api.accuracy("count", 0).path("scored").asInt()).isEqualTo(1);
      assertThat(api.accuracy("count", 0).path("open").asInt()).isZero();
    }
  }

  @Test
  void appliesWhatIsRecommendedWhereTheModeSaysSoAndTheUserSetNothing() throws Exception {
    try (PredictorApi api = open()) {
      api.addRuns(past());
      api.setMode(
          RunJson.MAPPER
              .createObjectNode()
              .put("job", "count")
              .put("mode", "auto-apply")
              .put("force", true));
    }
    PredictorClient client =
        PredictorClient.at(predictor.resolve("store").toString(), Optional.empty());
    JsonNode closing = run(client, ExitCode.SUCCESS, "input=" + input, "least=1");
    assertThat(asked)
        .containsEntry("spark.master", "local[1]")
        .containsEntry("spark.sql.shuffle.partitions", "2");
    assertThat(closing.at("/sizing/applied/spark.master").asText()).isEqualTo("local[1]");
    assertThat(closing.at("/sizing/outcome/as_predicted").asBoolean()).isTrue();
    asked.clear();
    JsonNode given =
        run(client, ExitCode.SUCCESS, "input=" + input, "least=1", "spark.master=local[1]");
    assertThat(asked).doesNotContainKey("spark.sql.shuffle.partitions");
    assertThat(given.at("/sizing/applied")).isEmpty();
  }

  @Test
  void asksAServiceThatRunsInSparksClassPathAndGoesOnWithoutOne() throws Exception {
    Path store = predictor.resolve("store");
    String url;
    try (HttpService service = HttpService.start(open(), "127.0.0.1", 0, store, Optional.empty())) {
      url = "http://127.0.0.1:" + service.port();
      PredictorClient client = PredictorClient.at(url, Optional.of(store.resolve("token")));
      client.addRuns(past());
      JsonNode closing =
          run(client, ExitCode.SUCCESS, "input=" + input, "least=1", "spark.master=local[1]");
      assertThat(closing.at("/sizing/state").asText()).isEqualTo("closed");
      assertThat(closing.at("/sizing/predicted_runtime_seconds/expected").asDouble())
          .isBetween(2.5, 3.5);
    }
    PredictorClient gone = PredictorClient.at(url, Optional.of(store.resolve("token")));
    JsonNode alone =
        run(gone, ExitCode.SUCCESS, "input=" + input, "least=1", "spark.master=local[1]");
    assertThat(alone.path("lines").asInt()).isEqualTo(3);
  }
}
