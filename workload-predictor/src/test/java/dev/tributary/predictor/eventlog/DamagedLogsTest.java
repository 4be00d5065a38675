package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What logs are when nobody took care of them: counted, never fatal. */
class DamagedLogsTest {
  private static final String START =
      "{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":\"é\",\"App ID\":\"local-1\","
          + "\"Timestamp\":1000,\"User\":\"u\"}";
  private static final String JOB =
      "{\"Event\":\"SparkListenerJobStart\",\"Job ID\":1,\"Submission Time\":2000}";

  @TempDir private Path directory;

  @Test
  void linesThatAreNoJsonAreCountedAndTheOthersRead() throws IOException {
    Reading.Log log =
        read(
            START,
            "rubbish",
            JOB.substring(0, 40),
            "{\"Event\":\"SparkListenerUnpersistRDD\",\"RDD ID\":",
            "{\"Event\":\"SparkListenerOfTheFuture\",\"x\":[1,2,{\"y\":null}]}",
            "{\"Timestamp\":5,\"Event\":\"SparkListenerApplicationEnd\"}",
            "[]",
            JOB);
    assertThat(log.counts().lines()).isEqualTo(8);
    assertThat(log.counts().unparsed()).isEqualTo(3);
    assertThat(log.counts().skipped()).isEqualTo(2);
    assertThat(log.events())
        .containsExactly(
            new Event.ApplicationStart("é", "local-1", null, 1000, "u"),
            new Event.ApplicationEnd(5, null),
            new Event.JobStart(1, 2000));
  }

  @Test
  void fieldsThatAreMissingNullOrOfAnotherKindDoNotStopIt() throws IOException {
    Reading.Log log =
        read(
            "{\"Event\":\"SparkListenerTaskEnd\"}",
            "{\"Event\":\"SparkListenerTaskEnd\",\"Task Info\":null,\"Task Metrics\":7}",
            "{\"Event\":\"SparkListenerStageCompleted\",\"Stage Info\":[]}",
            "{\"Event\":\"SparkListenerExecutorAdded\",\"Timestamp\":\"now\"}",
            "{\"Event\":\"SparkListenerEnvironmentUpdate\",\"Spark Properties\":[]}");
    assertThat(log.counts().unparsed()).isZero();
    assertThat(log.counts().taskEnds()).isEqualTo(2);
    assertThat(log.counts().stagesCompleted()).isEqualTo(1);
    assertThat(log.events()).hasSize(5);
  }

  @Test
  void theLastLineNeedsNoEndAndWindowsEndsAreEnds() throws IOException {
    Path file = directory.resolve("local-1");
    Files.writeString(file, START + "\r\n" + JOB);
    LogCounts counts = Reading.of(file).only().counts();
    assertThat(counts.lines()).isEqualTo(2);
    assertThat(counts.events()).isEqualTo(2);
    assertThat(counts.bytes()).isEqualTo(Files.size(file));
  }

  @Test
  void aLineOfMegabytesIsReadAndItsSuccessorToo() throws IOException {
    String query =
        "{\"Event\":\"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart\","
            + "\"executionId\":4,\"physicalPlanDescription\":\""
            + "x\\n".repeat(2_000_000)
            + "\",\"sparkPlanInfo\":{\"nodeName\":\"Project\",\"children\":[]},\"time\":3000}";
    Reading.Log log = read(START, query, JOB);
    assertThat(log.counts().longestLine()).isGreaterThan(6_000_000);
    assertThat(log.events(Event.QueryStart.class).get(0).plan().name()).isEqualTo("Project");
    assertThat(log.counts().events()).isEqualTo(3);
  }

  @Test
  void aLineBeyondTheLimitIsDroppedAsItComes() throws IOException {
    LineBuffer lines = new LineBuffer(LineBuffer.USUAL_BYTES);
    int huge = 5 * LineBuffer.USUAL_BYTES + 17;
    lines.reset(text("first\n", "y".repeat(huge) + "\n", "last"));
    assertThat(lines.next()).isTrue();
    assertThat(line(lines)).isEqualTo("first");
    assertThat(lines.next()).isTrue();
    assertThat(lines.isCut()).isTrue();
    assertThat(lines.length()).isEqualTo(huge + 1);
    assertThat(lines.bytes().length).isLessThan(LineBuffer.USUAL_BYTES + 100);
    assertThat(lines.next()).isTrue();
    assertThat(line(lines)).isEqualTo("last");
    assertThat(lines.next()).isFalse();
  }

  @Test
  void anEmptyFileIsNoLogAndAFileOfSomethingElseNeither() throws IOException {
    assertThat(read().counts().recognised()).isFalse();
    assertThat(read("a,b", "1,2").counts().recognised()).isFalse();
    assertThat(read("a,b", "1,2").counts().unparsed()).isEqualTo(2);
  }

  @Test
  void aPlaceWhereNothingIsIsSaid() {
    String missing = directory.resolve("missing").toString();
    assertThatThrownBy(() -> LogFinder.find(missing, source -> {}))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("There is nothing at " + missing);
    assertThatThrownBy(() -> LogFinder.find("nowhere://bucket/logs", source -> {}))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("TRIBUTARY_CLASS_PATH");
  }

  private static String line(LineBuffer lines) {
    return new String(
        lines.bytes(), lines.from(), lines.to() - lines.from(), StandardCharsets.UTF_8);
  }

  private static InputStream text(String... parts) {
    return new ByteArrayInputStream(String.join("", parts).getBytes(StandardCharsets.UTF_8));
  }

  private Reading.Log read(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "local-1", "");
    Files.writeString(file, lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    return Reading.of(file).only();
  }
}
