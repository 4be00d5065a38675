package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.eventlog.EventLogGenerator;
import dev.tributary.predictor.recommend.Fixtures;
import dev.tributary.predictor.recommend.RunTable;
import dev.tributary.predictor.run.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(err.toString()).contains("neither --runs nor --log is given");
  }

  @Test
  void runsAreReadAsTheyAreWritten() throws IOException {
    var runs = RunTable.read(Files.writeString(directory.resolve("r.csv"), RUNS));
    assertThat(runs).hasSize(4);
    assertThat(runs.get(3).outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(runs.get(3).peakMemoryMb()).isEmpty();
    assertThat(runs.get(0).inputs()).containsEntry("rows", 10_000.0);
    assertThat(runs.get(0).cluster().cores()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n,a,,m,0,4,1,1,,,,1            | workers: '0'",
        "n,a,,m,2,4,1,fast,,,,1         | runtime_s: 'fast'",
        "n,a,,m,2,4,1,-1,,,,1           | runtime_s: '-1' is negative",
        "n,a,,m,2,4,0,1,,,,1            | memory_mb_per_worker: '0'",
        "n,a,yesterday,m,2,4,1,1,,,,1   | started: 'yesterday'",
        "n,a,,m,2,4,1,1,,,ODD,1         | outcome: 'ODD'",
        "n,a,,m,2,4,1,1,,,,NaN          | input_rows: 'NaN'",
        "n,a,,m,2,4,1,1                 | 8 fields",
        ",a,,m,2,4,1,1,,,,1             | job: ''",
      })
  void aWrongRunIsRefusedWithItsPlace(String row, String said) throws IOException {
    Path file = Files.writeString(directory.resolve("w.csv"), HEADER + row + "\n");
    assertThatThrownBy(() -> RunTable.read(file))
        .hasMessageContaining("line 2")
        .hasMessageContaining(said);
  }

  @Test
  void aRunTwiceAndAMissingColumnAreRefused() throws IOException {
    Path twice =
        Files.writeString(
            directory.resolve("t.csv"), HEADER + "n,a,,m,2,4,1,1,,,,1\nn,a,,m,2,4,1,1,,,,1\n");
    assertThatThrownBy(() -> RunTable.read(twice)).hasMessageContaining("line 2 too");
    Path missing = Files.writeString(directory.resolve("m.csv"), "job,run_id\n");
    assertThatThrownBy(() -> RunTable.read(missing)).hasMessageContaining("no column");
  }

  private int run(String... options) {
    try {
      Path runs = Files.writeString(directory.resolve("runs.csv"), RUNS);
      List<String> arguments =
          new ArrayList<>(List.of("--runs", runs.toString(), "--job", "nightly"));
      arguments.addAll(List.of(options));
      CommandLine line = new CommandLine(new RecommendCommand(Fixtures.MODELS));
      line.setOut(new PrintWriter(out));
      line.setErr(new PrintWriter(err));
      return line.execute(arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
