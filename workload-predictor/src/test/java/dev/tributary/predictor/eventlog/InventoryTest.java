package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real logs of Spark 1.2 to 3.5, counted independently in {@code inventory.csv}. */
class InventoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LOGS =
      Path.of(System.getProperty("tributary.data", "missing"), "workload", "eventlogs");

  @Test
  void everyLogHasTheLinesTasksAndStagesOfTheInventory() throws IOException {
    int compared = 0;
    for (String row : rows()) {
      String[] field = row.split(",", -1);
      Path file = LOGS.resolve(field[0]);
      LogCounts counts = Reading.of(file).only().counts();
      assertThat(counts.damage()).as(field[0]).isEmpty();
      if (Files.size(file) != number(field[1])) {
        // The row is of another file of this name.
        System.out.printf(
            "NOT COMPARED: %s has %,d bytes, its row in inventory.csv is of %s%n",
            field[0], Files.size(file), field[1]);
        continue;
      }
      compared++;
      assertThat(figures(counts))
          .as(field[0])
          .containsExactly(
              number(field[4]),
              number(field[5]),
              number(field[6]),
              number(field[7]),
              number(field[8]));
      assertThat(counts.longestLine())
          .as(field[0])
          .isBetween(number(field[9]), number(field[9]) + 1);
    }
    assertThat(compared).isGreaterThanOrEqualTo(31);
  }

  @Test
  void everyPlainLogHasTheCountsOfAnOrdinaryParser() throws IOException {
    for (String row : rows()) {
      String[] field = row.split(",", -1);
      if (field[2].equals("plain")) {
        Path file = LOGS.resolve(field[0]);
        assertThat(figures(Reading.of(file).only().counts())).as(field[0]).isEqualTo(counted(file));
      }
    }
  }

  private static List<Long> figures(LogCounts counts) {
    return List.of(
        counts.bytes(),
        counts.lines(),
        counts.unparsed(),
        counts.taskEnds(),
        counts.stagesCompleted());
  }

  private static List<Long> counted(Path file) throws IOException {
    long unparsed = 0;
    long tasks = 0;
    long stages = 0;
    List<String> lines = Files.readAllLines(file);
    for (String line : lines) {
      try {
        String event = JSON.readTree(line).path("Event").asText();
        tasks += event.equals("SparkListenerTaskEnd") ? 1 : 0;
        stages += event.equals("SparkListenerStageCompleted") ? 1 : 0;
      } catch (JsonProcessingException e) {
        unparsed++;
      }
    }
    return List.of(Files.size(file), (long) lines.size(), unparsed, tasks, stages);
  }

  @Test
  void aDirectoryOfRollingLogsIsOneLogOfAllItsParts() throws IOException {
    assumeData();
    Reading rolling = Reading.of(LOGS.resolve("spark-3/eventlog_v2_local-1623876083964"));
    assertThat(rolling.logs()).hasSize(1);
    assertThat(rolling.only().log().parts()).hasSize(2);
    assertThat(rolling.only().log().name().application()).isEqualTo("local-1623876083964");
    assertThat(rolling.only().counts().unparsed()).isZero();
    assertThat(rolling.only().counts().taskEnds()).isPositive();
  }

  @Test
  void walkingFindsEveryApplicationOnceAndSkipsWhatIsNoLog() throws IOException {
    assumeData();
    Reading all = Reading.of(LOGS);
    assertThat(all.logs().stream().filter(log -> log.counts().recognised())).hasSize(30);
    assertThat(
            all.logs().stream()
                .filter(log -> !log.counts().recognised())
                .map(log -> Path.of(log.log().location()).getFileName().toString()))
        .containsExactlyInAnyOrder("SOURCE.txt", "inventory.csv");
  }

  private static long number(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static List<String> rows() throws IOException {
    assumeData();
    List<String> lines = Files.readAllLines(LOGS.resolve("inventory.csv"));
    return lines.subList(1, lines.size());
  }

  private static void assumeData() {
    boolean there = Files.exists(LOGS.resolve("inventory.csv"));
    if (!there) {
      System.out.println("SKIPPED: no event logs at " + LOGS + " (system property tributary.data)");
    }
    assumeTrue(there, "no event logs at " + LOGS);
  }
}
