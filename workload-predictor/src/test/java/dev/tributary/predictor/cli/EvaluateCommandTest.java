package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Double> actual = new ArrayList<>();
  private Path table;

  /** Two seconds a gigabyte over the machines and ten, on 2 to 10 machines and four sizes. */
  @BeforeEach
  void table() throws IOException {
    StringBuilder text = new StringBuilder("machines\tgigabytes\tseconds\n");
    for (int machines = 2; machines <= 10; machines += 2) {
      for (int gigabytes = 10; gigabytes <= 40; gigabytes += 10) {
        double seconds = 10 + 2.0 * gigabytes / machines;
        actual.add(seconds);
        text.append(machines + "\t" + gigabytes + "\t" + seconds + "\n");
      }
    }
    table = Files.writeString(folder.resolve("runs.tsv"), text);
  }

  @Test
  void theReportIsOneObjectAndEveryTestRowIsWritten() throws IOException {
    Path file = folder.resolve("predictions.csv");
    assertThat(evaluate("--splits", "3", "--json", "--predictions", file.toString())).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("protocol").asText()).isEqualTo("random-split");
    assertThat(report.path("configurations").asInt()).isEqualTo(20);
    assertThat(report.path("splits").asInt()).isEqualTo(3);
    assertThat(report.path("mape").asDouble()).isBetween(0.0, 10.0);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("split,row,actual,predicted,lower,upper");
    assertThat(lines).hasSize(1 + 3 * 2);
    double errors = 0;
    Map<Integer, Integer> perSplit = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",");
      double expected = Double.parseDouble(fields[3]);
      double truth = actual.get(Integer.parseInt(fields[1]) - 1);
      assertThat(Double.parseDouble(fields[2])).isEqualTo(truth);
      assertThat(expected).isBetween(Double.parseDouble(fields[4]), Double.parseDouble(fields[5]));
      errors += 100 * Math.abs(expected - truth) / truth;
      perSplit.merge(Integer.parseInt(fields[0]), 1, Integer::sum);
    }
    assertThat(perSplit.values()).containsExactly(2, 2, 2);
    assertThat(report.path("mape").asDouble()).isCloseTo(errors / 6, within(1e-3));
  }

  @Test
  void withoutJsonThereIsALineForPeople() {
    assertThat(evaluate("--splits", "2")).isZero();
    assertThat(out.toString())
        .startsWith("random-split: 20 configurations of 20 runs, 2 splits")
        .contains("MAPE");
  }

  @Test
  void aTableOfAHeaderAloneIsSaidToHaveNoRows() throws IOException {
    Files.writeString(table, "machines\tgigabytes\tseconds\n");
    assertThat(evaluate()).isEqualTo(2);
    assertThat(err.toString()).contains(table + " has no rows").doesNotContain("filters");
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    assertThat(evaluate("--target", "minutes")).isEqualTo(2);
    assertThat(err.toString())
        .contains("There is no column 'minutes'")
        .contains("machines, gigabytes, seconds");
  }

  @Test
  void aValueThatIsNoNumberIsNamedWithItsPlace() throws IOException {
    Files.writeString(table, Files.readString(table).replaceFirst("\t10\t20.0", "\t10\tlong"));
    assertThat(evaluate()).isEqualTo(2);
    assertThat(err.toString()).contains("line 2, column seconds: 'long'");
  }

  @Test
  void aProtocolThatIsNoneAndAFileThatCannotBeWrittenAreSaid() {
    assertThat(evaluate("--protocol", "guess")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no protocol 'guess'").contains("by-context");
    Path nowhere = folder.resolve("no").resolve("p.csv");
    assertThat(evaluate("--splits", "1", "--predictions", nowhere.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot write " + nowhere);
  }

  private int evaluate(String... options) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", "--runs", table.toString()));
    if (!List.of(options).contains("--target")) {
      arguments.addAll(List.of("--target", "seconds"));
    }
    arguments.addAll(List.of("--scale-out", "machines", "--features", "machines,gigabytes"));
    arguments.addAll(List.of(options));
    return Main.line(new PrintWriter(out), new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}
