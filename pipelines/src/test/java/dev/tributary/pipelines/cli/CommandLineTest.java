package dev.tributary.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.broker.ShortLivedJvm;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process: exit codes, the closing line, signals. */
class CommandLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  record Ended(int code, String out, String err) {
    JsonNode closingLine() throws IOException {
      List<String> lines = out.lines().toList();
      return JSON.readTree(lines.get(lines.size() - 1));
    }
  }

  @Test
  void succeedsWithZeroAndOneJsonLineOnStandardOutput() throws Exception {
    Ended ended = run("run", "count-rows", "rows=12", "spark.sql.shuffle.partitions=3");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).hasSize(1);
    assertThat(ended.closingLine().get("job").asText()).isEqualTo("count-rows");
    assertThat(ended.closingLine().get("rows").asLong()).isEqualTo(12);
    assertThat(directory.resolve("lake/ops/job_runs/_delta_log")).isDirectory();
  }

  @Test
  void aFailedExpectationExitsWithThree() throws Exception {
    Ended ended = run("run", "expect");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.closingLine().get("lost").asInt()).isEqualTo(2);
    assertThat(ended.err()).contains("error: 2 rows are lost. Fix: find them.");
  }

  @Test
  void anUnknownJobExitsWithTwoAndNamesTheNearest() throws Exception {
    Ended ended = run("run", "count-rovs");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("There is no job 'count-rovs'. Did you mean 'count-rows'?");
    assertThat(ended.closingLine().get("exit_code").asInt()).isEqualTo(2);
  }

  @Test
  void aWrongCommandLineExitsWithTwo() throws Exception {
    Ended misspelt = run("rnu");
    assertThat(misspelt.code()).isEqualTo(2);
    assertThat(misspelt.err()).contains("Did you mean 'run'?");
    Ended helpOfNothing = run("rnu", "--help");
    assertThat(helpOfNothing.code()).isEqualTo(2);
    assertThat(helpOfNothing.err()).contains("'rnu'").contains("Did you mean 'run'?");
    assertThat(run("run").code()).isEqualTo(2);
    Ended ended = run("run", "count-rows", "rows=many");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("'many' of key 'rows' (command line) is not a whole number");
    assertThat(ended.closingLine().get("status").asText()).isEqualTo("failed");
  }

  @Test
  void helpNamesTheKeysOfAJob() throws Exception {
    Ended ended = run("run", "count-rows", "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .containsPattern("rows +long +5 +how many rows to count")
        .containsPattern("style.kind +plain\\|very-fancy +plain")
        .contains("openlineage.url");
    assertThat(run("jobs").out()).containsPattern("count-rows +Counts rows.");
    assertThat(run("--version").out()).startsWith("tributary ");
  }

  @Test
  void sigtermEndsAJobInGoodOrderWith143() throws Exception {
    Ended ended = stop("TERM", "run", "wait");
    assertThat(ended.code()).as(ended.err()).isEqualTo(143);
    assertThat(ended.closingLine().get("status").asText()).isEqualTo("stopped");
    assertThat(ended.closingLine().get("graceful").asBoolean()).isTrue();
  }

  @Test
  void sigintInterruptsAJobWithoutAHookWith130() throws Exception {
    assumeTrue(
        mindsInterrupts(), "started with SIGINT ignored, as behind nohup or &; so are children");
    Ended ended = stop("INT", "run", "wait", "hook=false");
    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    assertThat(ended.closingLine().get("status").asText()).isEqualTo("stopped");
  }

  /** Children inherit which signals are ignored, and Java then leaves those alone. */
  private static boolean mindsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .substring("SigIgn:".length())
            .strip();
    return (Long.parseUnsignedLong(ignored, 16) & 1L << (2 - 1)) == 0;
  }

  @Test
  void aKilledRunLeavesOneStartedRowAndTheNextRunIsUndisturbed() throws Exception {
    assertThat(stop("KILL", "run", "wait").code()).isEqualTo(137);
    assertThat(run("run", "count-rows").code()).isZero();
    try (SparkSession spark =
        new LakeSession(
                Lake.at(directory.resolve("lake")), "test", Map.of("spark.master", "local[1]"))
            .open()) {
      List<Row> runs =
          spark
              .sql("SELECT job, status FROM ops.job_runs ORDER BY started_at, ended_at")
              .collectAsList();
      assertThat(runs)
          .extracting(Row::toString)
          .containsExactly("[wait,started]", "[count-rows,started]", "[count-rows,succeeded]");
    }
  }

  @Test
  void whatDoesNotFitIntoMemoryIsSaidSoWithoutAStackTrace() throws Exception {
    Path people = directory.resolve("people.csv");
    try (var rows = Files.newBufferedWriter(people)) {
      rows.write("id,name,ref\n");
      for (int i = 0; i < 300_000; i++) {
        rows.write("%d,name %x of many,ref %x%n".formatted(i, i * 31, i * 17));
      }
    }
    String output = directory.resolve("links").toString();
    Ended ended =
        ended(
            start(
                List.of("-Xmx48m"),
                List.of("identity", "link", "--input", people.toString(), "--output", output)));
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err())
        .contains("error: 'tributary identity link' needs more memory than it has")
        .contains("TRIBUTARY_HEAP=1g")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("links")).doesNotExist();
  }

  private Ended run(String... arguments) throws Exception {
    return ended(start(arguments));
  }

  private Ended stop(String signal, String... arguments) throws Exception {
    Process process = start(arguments);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!err().contains("waiting")) {
      assertThat(process.isAlive()).as(err()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    return ended(process);
  }

  /** What there is so far; the last letter may be half there. */
  private String err() throws IOException {
    return new String(Files.readAllBytes(directory.resolve("err")), StandardCharsets.UTF_8);
  }

  private Process start(String... arguments) throws IOException {
    return start(List.of("-Xmx1g"), List.of(arguments));
  }

  private Process start(List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ShortLivedJvm.options());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseParallelGC",
            "-Dfile.encoding=UTF-8",
            "-Dlog4j2.configurationFile=tributary-log4j2.properties",
            "-Dtributary.log=" + directory.resolve("tributary.log"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SampleJobs.class.getName(),
            "--lake",
            directory.resolve("lake").toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private Ended ended(Process process) throws Exception {
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(),
        Files.readString(directory.resolve("out")),
        Files.readString(directory.resolve("err")));
  }
}
