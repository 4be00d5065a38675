package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.eventlog.EventLogGenerator;
import dev.tributary.predictor.eventlog.ReadState;
import dev.tributary.predictor.feature.ApplicationLogs;
import dev.tributary.predictor.feature.ApplicationRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
  @TempDir private Path directory;
  private Path logs;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void logs() throws IOException {
    logs = Files.createDirectory(directory.resolve("logs"));
    for (int i = 0; i < 3; i++) {
      EventLogGenerator log = new EventLogGenerator(1, i, 2, 4, 2);
      try (OutputStream file = Files.newOutputStream(logs.resolve(log.id()))) {
        log.write(file);
      }
    }
  }

  @Test
  void jsonIsOneObjectOfApplicationsAndTheirSum() throws IOException {
    assertThat(run("read", "--json", logs.toString())).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.at("/applications")).hasSize(3);
    assertThat(report.at("/applications/0/outcome").asText()).isEqualTo("finished");
    assertThat(report.at("/applications/0/features/tasks").asDouble()).isEqualTo(8);
    assertThat(report.at("/summary/task_ends").asLong()).isEqualTo(24);
    assertThat(report.at("/summary/stages_completed").asLong()).isEqualTo(6);
  }

  @Test
  void everyRowOfTheCsvHasTheColumnsOfItsHeader() throws IOException {
    assertThat(run("read", "--csv", logs.toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4).allMatch(line -> columns(line) == columns(lines.get(0)));
    assertThat(lines.get(0)).startsWith("id,application,attempt,").contains(",peak_heap_mb,");
  }

  @Test
  void theTableHasALineForEachApplicationAndTheSumGoesToTheErrorStream() {
    assertThat(run("read", logs.toString())).isZero();
    assertThat(out.toString().lines()).hasSize(4);
    assertThat(err.toString())
        .contains("3 applications from 3 logs")
        .contains("24 task ends, 6 stages completed, 0 lines unparsed");
  }

  @Test
  void aFileThatIsNoEventLogIsSaidToBeNone() throws IOException {
    Path diary = Files.writeString(directory.resolve("diary"), "dear diary\n");
    assertThat(run("read", diary.toString())).isNotZero();
    assertThat(err.toString()).contains("There is no event log at " + diary);
  }

  @Test
  void anEmptyLogIsCountedAndNoError() throws IOException {
    Path empty = Files.createFile(directory.resolve("application_1_1.inprogress"));
    assertThat(run("read", empty.toString())).isZero();
    assertThat(err.toString()).contains("1 empty");
  }

  @Test
  void whatCannotBeWrittenFailsAndComesAgain() throws IOException {
    String state = directory.resolve("state").toString();
    for (String form : List.of("--csv", "--json")) {
      OutputStream full =
          new OutputStream() {
            private int room = 100;

            @Override
            public void write(int letter) throws IOException {
              if (room-- <= 0) {
                throw new IOException("No space left on device");
              }
            }
          };
      int code =
          Main.line(new PrintWriter(full), new PrintWriter(err))
              .execute("read", form, "--state", state, "--threads", "1", logs.toString());
      assertThat(code).isEqualTo(1);
      assertThat(err.toString()).contains("cannot be written to standard output");
    }
    assertThat(run("read", "--csv", "--state", state, logs.toString())).isZero();
    assertThat(out.toString().lines()).as("a header and all rows: none fitted").hasSize(4);
  }

  @Test
  void anErrorWhileListingComesBeforeAnyOutput() {
    String missing = directory.resolve("missing").toString();
    assertThat(run("read", "--json", logs.toString(), missing)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("There is nothing at " + missing);
  }

  @Test
  void anErrorAfterTheFirstApplicationsLeavesAWholeJsonObject() throws IOException {
    List<ApplicationRecord> read = new ArrayList<>();
    ApplicationLogs.read(List.of(logs.toString()), ReadState.inMemory(), 1, read::add);
    ApplicationOutput output = ApplicationOutput.to(new PrintWriter(out), true, false);
    output.accept(read.get(0));
    output.breakOff(new IllegalStateException("disk full"));
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("applications")).hasSize(1);
    assertThat(report.path("error").asText()).isEqualTo("disk full");
  }

  @Test
  void linksInACircleAreSaid() throws IOException {
    Files.createSymbolicLink(logs.resolve("again"), Path.of("."));
    assertThat(run("read", logs.toString())).isZero();
    assertThat(err.toString()).contains("1 links to directories already listed");
  }

  private static long columns(String line) {
    return line.chars().filter(letter -> letter == ',').count();
  }

  private int run(String... arguments) {
    return Main.line(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
  }
}
