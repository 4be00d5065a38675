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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BacktestCommandTest {
  @TempDir Path folder;

  /** Three jobs of two algorithms on nine configurations; the larger jobs fail on one node. */
  private Path table() throws IOException {
    StringBuilder text =
        new StringBuilder(
            "job,algorithm,framework,vm_type,nodes,cores_per_node,mem_gb_per_node,"
                + "price_usd_h,completed,runtime_s,cost_usd\n");
    String[] jobs = {"sort-1,sort", "sort-2,sort", "join-1,join"};
    for (int j = 0; j < jobs.length; j++) {
      for (int memory : new int[] {4, 8, 16}) {
        for (int nodes : new int[] {1, 4, 16}) {
          boolean completed = !(j >= 1 && nodes == 1);
          double price = 0.1 + memory / 100.0;
          double seconds = 100 + 2000.0 * (j + 1) / nodes;
          text.append(jobs[j] + ",spark,m" + memory + "," + nodes + ",4," + memory + "," + price)
              .append(completed ? ",1," + seconds : ",0,")
              .append(completed ? "," + seconds / 3600 * price * nodes : ",")
              .append('\n');
        }
      }
    }
    return Files.writeString(folder.resolve("runs.csv"), text);
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new PredictorCommand());
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }

  @Test
  void itPrintsOneObjectAndWritesARowAJob() throws IOException {
    Path picks = folder.resolve("picks.csv");

    JsonNode report =
        new ObjectMapper()
            .readTree(
                run(
                    "backtest",
                    "--runs",
                    table().toString(),
                    "--algorithm",
                    "algorithm",
                    "--config",
                    "vm_type,nodes",
                    "--completed",
                    "completed",
                    "--json",
                    "--picks",
                    picks.toString()));

    assertThat(report.at("/leave_algorithm_out/unfinished").asInt(-1)).isZero();
    assertThat(report.at("/leave_algorithm_out/mean").asDouble()).isBetween(1.0, 2.0);
    assertThat(report.at("/search/runs_to_1.0").asDouble()).isBetween(1.0, 9.0);
    assertThat(report.at("/bill/ours/runs").asInt()).isEqualTo(90);
    assertThat(report.at("/bill/static_medium_in_time/deadlines_missed").asInt())
        .isLessThanOrEqualTo(report.at("/bill/static_medium/deadlines_missed").asInt(-1));
    assertThat(report.at("/rows").size()).isEqualTo(3);
    List<String> lines = Files.readAllLines(picks);
    assertThat(lines.get(0)).isEqualTo("job,vm_type,nodes,cost,optimum,completed");
    assertThat(lines).hasSize(4);
    for (String line : lines.subList(1, 4)) {
      String[] values = line.split(",");
      assertThat(values[5]).isEqualTo("1");
      assertThat(Double.parseDouble(values[3]))
          .isGreaterThanOrEqualTo(Double.parseDouble(values[4]));
    }
  }

  @Test
  void theSameFileGivesTheSameAnswerInAnyOrderOfItsRows() throws IOException {
    Path file = table();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    List<String> rows = lines.subList(1, lines.size());
    Collections.reverse(rows);
    Path reversed = folder.resolve("reversed.csv");
    Files.write(reversed, lines);

    assertThat(backtest(reversed)).isEqualTo(backtest(file));
  }

  private static String backtest(Path file) {
    return run(
        "backtest",
        "--runs",
        file.toString(),
        "--algorithm",
        "algorithm",
        "--config",
        "vm_type,nodes",
        "--completed",
        "completed",
        "--json");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    Path file = table();

    CommandLine line = new CommandLine(new BacktestCommand());
    line.parseArgs("--runs", file.toString(), "--config", "vm_kind,nodes");
    BacktestCommand command = line.getCommand();

    assertThatThrownBy(command::run)
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("vm_kind");
  }
}
