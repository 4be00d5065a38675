package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.eventlog.EventLogGenerator;
import dev.tributary.predictor.recommend.Fixtures;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.PredictorApi;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RecommendCommandTest {
  private static final String HEADER =
      "job,run_id,started,machine_type,workers,cores_per_worker,memory_mb_per_worker,runtime_s,"
          + "peak_memory_mb,cpu,outcome,input_rows\n";
  private static final String RUNS =
      HEADER
          + "nightly,a,2026-01-01T01:00:00Z,m5.xlarge,4,4,17179.9,2560,5000,0.7,,10000\n"
          + "nightly,b,2026-01-02T01:00:00Z,m5.xlarge,4,4,17179.9,2561,5100,0.7,FINISHED,10000\n"
          + "nightly,c,2026-01-03T01:00:00Z,m5.xlarge,4,4,17179.9,2562,5200,0.7,finished,10000\n"
          + "nightly,d,2026-01-04T01:00:00Z,m5.xlarge,2,4,17179.9,5060,,,timed_out,10000\n";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void oneObjectOfJsonTellsTheClusterAndWhy() throws IOException {
    Path plot = directory.resolve("frontier.svg");
    assertThat(run("--deadline", "PT30M", "--output", "emr", "--json", "--plot", plot.toString()))
        .isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("decision").asText()).isEqualTo("recommended");
    assertThat(answer.at("/predicted/runtime_s/upper").asDouble()).isLessThanOrEqualTo(1800);
    assertThat(answer.at("/predicted/price_source").asText()).contains("January 2025");
    assertThat(answer.at("/executor/usable_mb").asDouble()).isGreaterThan(5200 * 1.1);
    assertThat(answer.at("/platform_configuration/Instances/InstanceGroups")).hasSize(2);
    assertThat(answer.at("/rejected/of").asInt()).isGreaterThan(100);
    assertThat(answer.at("/rejected/summary")).isNotEmpty();
    assertThat(answer.get("frontier")).isNotEmpty();
    assertThat(answer.get("changed")).isNotEmpty();
    assertThat(Files.readString(plot)).startsWith("<svg");
  }

  @Test
  void withoutJsonTheConfigurationIsOnStandardOutAndTheReasonsAreNot() {
    assertThat(run("--deadline", "PT1H")).isZero();
    assertThat(out.toString()).startsWith("--num-executors ");
    assertThat(err.toString())
        .contains("rejected, of")
        .contains("cost and time")
        .contains("  chosen");
  }

  @Test
  void noAdviceHasItsOwnExitCode() throws IOException {
    assertThat(run("--deadline", "PT1M", "--json")).isEqualTo(RecommendCommand.NO_ADVICE);
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("decision").asText()).isEqualTo("no-advice");
    assertThat(answer.at("/nearest_miss/reason").asText()).isEqualTo("deadline");
  }

  @Test
  void aJobWithoutARunGetsAFirstPickByOtherJobsThatIsNotKnown() throws IOException {
    String others =
        RUNS
            + "hourly,a,2026-01-01T01:00:00Z,m5.xlarge,2,4,17179.9,900,5000,0.7,,9000\n"
            + "hourly,b,2026-01-01T02:00:00Z,m5.xlarge,4,4,17179.9,800,5000,0.7,,9000\n";
    Path runs = Files.writeString(directory.resolve("others.csv"), others);
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> asked = List.of("--runs", runs.toString(), "--job", "new", "--input", "rows=1e4");
    List<String> json = new ArrayList<>(asked);
    json.add("--json");
    assertThat(line.execute(json.toArray(String[]::new))).as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("decision").asText()).isEqualTo("first-pick");
    assertThat(answer.get("known").asBoolean()).isFalse();
    assertThat(answer.get("why").asText()).contains("no run of job 'new' is known", "hourly");
    assertThat(answer.at("/cluster/workers").asInt()).as("on 2 a run timed out").isEqualTo(4);
    assertThat(answer.get("by_jobs")).hasSize(2);
    assertThat(answer.get("predicted")).isNull();
    assertThat(line.execute(asked.toArray(String[]::new))).isZero();
    assertThat(err.toString()).contains("a first pick that is not known to do");
  }

  /** Real models: what the logs' executors hold is not what the machine's list says. */
  @Test
  void runsOfEventLogsAreLearnedFromBesideThoseOfATable() throws IOException {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    for (int i = 0; i < 8; i++) {
      EventLogGenerator log = new EventLogGenerator(1, i, 2, 60, 2 + i % 3);
      try (OutputStream file = Files.newOutputStream(logs.resolve(log.id()))) {
        log.write(file);
      }
    }
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String job = "nightly load *@com.example.NightlyLoad";
    List<String> asked =
        List.of("--log", logs.toString(), "--job", job, "--machine-type", "m5.xlarge", "--json");
    assertThat(line.execute(asked.toArray(String[]::new))).as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("decision").asText()).as(out.toString()).isEqualTo("recommended");
    assertThat(answer.at("/cluster/machine_type").asText()).isEqualTo("m5.xlarge");
    assertThat(line.execute("--job", job)).isNotZero();
    assertThat(err.toString()).contains("neither --runs nor --log nor --data is given");
  }

  /** The last runs vary, so the next one may have more rows than the latest. */
  @Test
  void aForecastInputIsSaidAndWidensTheBound() throws IOException {
    String varying =
        RUNS.replace("0.7,finished,10000", "0.7,finished,8000")
            .replace("timed_out,10000", "timed_out,10000");
    assertThat(runOn(varying, "--json", "--starts", "2026-01-05T01:00:00Z")).isZero();
    JsonNode forecast = new ObjectMapper().readTree(out.toString());
    assertThat(forecast.at("/inputs/rows").asDouble()).isEqualTo(10_000);
    assertThat(forecast.at("/input_forecasts/0/method").asText()).isEqualTo("last_value");
    assertThat(forecast.at("/input_forecasts/0/error").asDouble()).isBetween(0.1, 0.2);
    assertThat(width(forecast)).isGreaterThan(0.3);

    out.getBuffer().setLength(0);
    assertThat(runOn(varying, "--json", "--input", "rows=10000")).isZero();
    JsonNode given = new ObjectMapper().readTree(out.toString());
    assertThat(given.has("input_forecasts")).isFalse();
    assertThat(width(given)).isLessThan(0.15);

    assertThat(runOn(varying, "--starts", "2026-01-05T01:00:00Z")).isZero();
    assertThat(err.toString()).contains("inputs forecast: rows = 10000 as in the latest run");
  }

  private static double width(JsonNode answer) {
    JsonNode runtime = answer.at("/predicted/runtime_s");
    return runtime.path("upper").asDouble() / runtime.path("expected").asDouble() - 1;
  }

  @Test
  void withTheStoreItSaysWhatTheServiceSays() throws IOException {
    Answers answers = answers("nightly");
    assertThat(answers.printed().path("decision").asText()).isEqualTo("recommended");
    for (String member : List.of("cluster", "predicted", "spark_conf", "deadline_s")) {
      assertThat(answers.printed().path(member))
          .as(member)
          .isNotEqualTo(MissingNode.getInstance())
          .isEqualTo(answers.served().path(member));
    }
  }

  @Test
  void aNewJobIsChosenForByTheOtherJobsOfTheStore() throws IOException {
    Answers answers = answers("new");
    assertThat(answers.printed().path("decision").asText()).isEqualTo("first-pick");
    assertThat(answers.printed().path("cluster")).isEqualTo(answers.served().path("cluster"));
  }

  /** What the service answers from a store, and what the command prints from the same one. */
  private record Answers(JsonNode served, JsonNode printed) {}

  private Answers answers(String job) throws IOException {
    Path data = directory.resolve("store");
    JsonNode said;
    try (PredictorApi api =
        PredictorApi.open(data, Optional.empty(), "a test", Duration.ofSeconds(5))) {
      api.addRuns(Jobs.runs("nightly", "r", 24, 3));
      ObjectNode asked = Jobs.ask(job, null, 12);
      asked.remove(List.of("prices", "current"));
      said = api.recommend(asked);
    }
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] asked = {"--data", data.toString(), "--job", job, "--input", "input_gb=12", "--json"};
    assertThat(line.execute(asked)).as(err.toString()).isZero();
    return new Answers(
        said.at("/recommendation/details"), new ObjectMapper().readTree(out.toString()));
  }

  @Test
  void aConstraintsFileThatNamesNoConfidenceKeepsThatOfTheStore() throws IOException {
    Path data = directory.resolve("store");
    try (PredictorApi api =
        PredictorApi.open(data, Optional.empty(), "a test", Duration.ofSeconds(5))) {
      api.addRuns(Jobs.runs("nightly", "r", 24, 3));
    }
    Path file = Files.writeString(directory.resolve("constraints.yaml"), "max-workers: 8\n");
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] asked = {
      "--data", data.toString(), "--job", "nightly", "--constraints", file.toString(), "--json"
    };
    assertThat(line.execute(asked)).as(err.toString()).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("confidence").asDouble())
        .isEqualTo(0.9);
  }

  @Test
  void aNewJobUnderALimitThatNoRunTellsOfGetsNoAdvice() throws IOException {
    String others =
        RUNS + "hourly,a,2026-01-01T01:00:00Z,m5.xlarge,2,4,17179.9,900,5000,0.7,,9000\n";
    Path runs = Files.writeString(directory.resolve("others.csv"), others);
    Path file =
        Files.writeString(
            directory.resolve("c.yaml"), "enforce: {machine-type: r5.4xlarge, workers: 3}\n");
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> asked =
        List.of("--runs", runs.toString(), "--job", "new", "--constraints", file.toString());
    List<String> limited = new ArrayList<>(asked);
    limited.addAll(List.of("--deadline", "PT1M"));
    assertThat(line.execute(limited.toArray(String[]::new)))
        .as(out.toString())
        .isEqualTo(RecommendCommand.NO_ADVICE);
    assertThat(err.toString()).contains("has no known runtime to hold against the limits");
    assertThat(line.execute(asked.toArray(String[]::new))).as(err.toString()).isZero();
  }

  @Test
  void aStoreThatIsNotThereAndAJobThatItDoesNotHaveAreSaid() throws IOException {
    Path data = directory.resolve("store");
    assertThat(runOn(RUNS, "--data", data.toString())).isNotZero();
    assertThat(err.toString()).contains("--data stands in place of --runs and --log");
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("--data", data.toString(), "--job", "j")).isNotZero();
    assertThat(err.toString()).contains("There is no store in " + data);
    Files.createDirectory(data);
    err.getBuffer().setLength(0);
    assertThat(line.execute("--data", data.toString(), "--job", "j")).isNotZero();
    assertThat(err.toString()).contains("There is no store in " + data, "predictor.sqlite");
    assertThat(data).as("what is asked for is not made").isEmptyDirectory();
    PredictorApi.open(data, Optional.empty(), "a test", Duration.ofSeconds(5)).close();
    assertThat(line.execute("--data", data.toString(), "--job", "j")).isNotZero();
    assertThat(err.toString()).contains("No run of job 'j' is known");
  }

  @Test
  void aMachineOfNoLogIsRefused() throws IOException {
    Path data = directory.resolve("store");
    PredictorApi.open(data, Optional.empty(), "a test", Duration.ofSeconds(5)).close();
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setErr(new PrintWriter(err));
    String[] asked = {"--data", data.toString(), "--job", "j", "--machine-type", "m5.xlarge"};
    assertThat(line.execute(asked)).isNotZero();
    assertThat(err.toString()).contains("--machine-type m5.xlarge is of no log");
    err.getBuffer().setLength(0);
    assertThat(runOn(RUNS, "--machine-type", "m5.xlarge")).isNotZero();
    assertThat(err.toString()).contains("--machine-type m5.xlarge is of no log");
  }

  @Test
  void theSameMachineIsNoChangeOfMemory() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("c.yaml"), "enforce: {machine-type: m5.xlarge, workers: 4}\n");
    String inMebibytes = RUNS.replace("17179.9", "16384").replace(",2,4,", ",4,4,");
    assertThat(runOn(inMebibytes, "--constraints", file.toString(), "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("changed")).isEmpty();
  }

  @Test
  void aDeadlineBeyondAllTimeIsRefused() {
    assertThat(run("--deadline", "P10000000000D")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("The deadline is PT240000000000H, more than PT277777H");
    assertThat(err.toString()).doesNotContain("ArithmeticException");
  }

  /** Real models, on 24 runs of 10 to 80 GB. */
  @ParameterizedTest
  @ValueSource(strings = {"300", "3000", "1e5", "1e9", "1e300", "1e308"})
  void anInputFarBeyondTheRunsIsNeverAConfidentGuess(String gigabytes) throws IOException {
    int exit = onRealModels("--input", "gb=" + gigabytes, "--json");
    assertThat(err.toString()).isEmpty();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("decision").asText()).isIn("known-safe", "no-advice");
    assertThat(exit)
        .isEqualTo(
            answer.get("decision").asText().equals("no-advice") ? RecommendCommand.NO_ADVICE : 0);
  }

  @Test
  void whatIsNotKnownAndWhatIsForecastAreSetApart() throws IOException {
    onRealModels();
    assertThat(err.toString()).containsPattern("no run was on m\\S+; forecast: gb = ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gb=NaN       | the input gb is NaN, not a finite number",
        "gb=Infinity  | the input gb is Infinity",
        "gb=-3        | the input gb is -3.0, and no run had less than 0",
        "nosuch=3     | no run of the job has an input 'nosuch'. Fix: its runs have gb",
        "GBs=3        | did you mean 'gb'?"
      })
  void anInputThatNoRunCouldHaveIsRefused(String input, String said) throws IOException {
    assertThat(onRealModels("--input", input)).isNotZero();
    assertThat(err.toString()).contains("--input " + input.split("=")[0], said);
    assertThat(out.toString()).isEmpty();
  }

  private int onRealModels(String... options) throws IOException {
    StringBuilder table = new StringBuilder(HEADER.replace("input_rows", "input_gb"));
    for (int i = 0; i < 24; i++) {
      int workers = 2 + i % 4;
      double gigabytes = 10 + 10 * (i * 5 % 8);
      double seconds =
          (30 + 3 * Math.pow(gigabytes, 1.3) / Math.pow(workers, 0.7)) * (1 + 0.02 * Math.sin(i));
      table.append(
          "nightly,r%d,2026-01-%02dT01:00:00Z,m5.xlarge,%d,4,17179.9,%.1f,%.0f,0.7,,%.0f%n"
              .formatted(i, i + 1, workers, seconds, 3000 + 20 * gigabytes, gigabytes));
    }
    Path runs = Files.writeString(directory.resolve("real.csv"), table);
    List<String> arguments =
        new ArrayList<>(List.of("--runs", runs.toString(), "--job", "nightly"));
    arguments.addAll(List.of(options));
    CommandLine line = new CommandLine(new RecommendCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(String[]::new));
  }

  private int run(String... options) {
    try {
      return runOn(RUNS, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int runOn(String table, String... options) throws IOException {
    Path runs = Files.writeString(directory.resolve("runs.csv"), table);
    List<String> arguments =
        new ArrayList<>(List.of("--runs", runs.toString(), "--job", "nightly"));
    arguments.addAll(List.of(options));
    CommandLine line = new CommandLine(new RecommendCommand(Fixtures.MODELS));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(String[]::new));
  }
}
