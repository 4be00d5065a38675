package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ReplayCommandTest {
  @TempDir Path folder;

  /** Forty runs of two rows each, given in reverse; the last ten take twice as long. */
  private Path table() throws IOException {
    Random random = new Random(4);
    StringBuilder text = new StringBuilder("run|started|millis_MS|nodes\n");
    for (int run = 39; run >= 0; run--) {
      for (int part = 0; part < 2; part++) {
        double millis = (run < 30 ? 50_000 : 100_000) * Math.exp(0.05 * random.nextGaussian());
        text.append(
            "%d|2026-01-%02d 10:00:0%d.5|%.0f|4%n"
                .formatted(run, run % 28 + 1, part, millis)
                .replace("2026-01", run < 28 ? "2026-01" : "2026-02"));
      }
    }
    return Files.writeString(folder.resolve("job.csv"), text);
  }

  @Test
  void rowsOfARunAreAddedUpAndADriftIsSeen() throws IOException {
    Path predictions = folder.resolve("predictions.csv");
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new PredictorCommand());
    line.setOut(new PrintWriter(out));
    int code =
        line.execute(
            "replay",
            "--runs",
            table().toString(),
            "--run",
            "run",
            "--time",
            "started",
            "--target",
            "millis_MS",
            "--scale-out",
            "nodes",
            "--predictions",
            predictions.toString(),
            "--json");

    assertThat(code).isZero();
    JsonNode job = new ObjectMapper().readTree(out.toString()).at("/jobs/0");
    assertThat(job.at("/runs").asInt()).isEqualTo(40);
    assertThat(job.at("/alarms/0/run").asInt()).isBetween(31, 35);
    assertThat(job.at("/alarms/0/drift").asText()).isEqualTo("slower");
    assertThat(job.at("/coverage").asDouble()).isBetween(0.7, 1.0);
    List<String> lines = Files.readAllLines(predictions);
    assertThat(lines).hasSize(41);
    assertThat(lines.get(1)).startsWith("job.csv,0,");
    assertThat(Double.parseDouble(lines.get(40).split(",")[2])).isBetween(150.0, 260.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", ""})
  void aJobInTwoFilesIsRefused(String column) throws IOException {
    Path one =
        Files.writeString(folder.resolve("x.csv"), "name,t,s,n\netl,2026-01-01 00:00:00,5,2\n");
    Path other = Files.createDirectory(folder.resolve("other")).resolve("x.csv");
    Files.writeString(other, "name,t,s,n\netl,2026-01-02 00:00:00,6,2\n");
    CommandLine line = new CommandLine(new ReplayCommand());
    String files = one + "," + other;
    line.parseArgs(
        "--runs", files, "--job", column, "--time", "t", "--target", "s", "--scale-out", "n");
    ReplayCommand command = line.getCommand();

    assertThatThrownBy(command::run)
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining(
            "Job '%s' is in %s and in %s"
                .formatted(column.isEmpty() ? "x.csv" : "etl", one, other));
  }

  @Test
  void aTimeThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "t,s,n\nyesterday,5,2\n");
    CommandLine line = new CommandLine(new ReplayCommand());
    line.parseArgs("--runs", file.toString(), "--time", "t", "--target", "s", "--scale-out", "n");
    ReplayCommand command = line.getCommand();

    assertThatThrownBy(command::run)
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("yesterday");
  }
}
