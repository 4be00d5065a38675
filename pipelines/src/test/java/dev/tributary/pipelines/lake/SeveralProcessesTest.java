package dev.tributary.pipelines.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.ShortLivedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralProcessesTest {
  private static final String OURS =
      "spark.sql.extensions=dev.tributary.pipelines.lake.LakeExtension";
  private static final String DELTAS_FIRST =
      "spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension,"
          + "dev.tributary.pipelines.lake.LakeExtension";
  private static final String DELTAS_CATALOG =
      "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog";
  private static final String SMALL_SHUFFLE = "spark.sql.shuffle.partitions=1";
  private static final int ROWS_A_COMMIT = 10;

  @TempDir Path directory;

  @Test
  void twoReadTheLakeByNameWhileAThirdWrites() throws Exception {
    LakeFixture writer = LakeFixture.empty(directory);
    int commits = 0;
    writer.write("silver.tick_v1", tick(commits++));
    Path stop = directory.resolve("stop");
    Path outOne = directory.resolve("one.out");
    Path outTwo = directory.resolve("two.out");
    Process one = reader("one", outOne, stop, OURS);
    Process two = reader("two", outTwo, stop, DELTAS_FIRST, DELTAS_CATALOG);
    try {
      while (lines(outOne).size() < 2 || lines(outTwo).size() < 2) {
        assertThat(commits).as("commits before the readers were up").isLessThan(200);
        assertThat(one.isAlive() && two.isAlive()).as(() -> errors()).isTrue();
        String table = commits % 2 == 0 ? "silver.tick_v1" : "silver.tick_v2";
        writer.write(table, tick(commits++));
        TimeUnit.SECONDS.sleep(1); // two cores must do for three processes
      }
      Files.createFile(stop);
      assertThat(one.waitFor(5, TimeUnit.MINUTES) && two.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      one.destroyForcibly();
      two.destroyForcibly();
    }
    assertThat(one.exitValue()).as(() -> errors()).isZero();
    assertThat(two.exitValue()).as(() -> errors()).isZero();
    assertCounts(outOne, commits);
    assertCounts(outTwo, commits);
    assertThat(directory.resolve("one/metastore_db")).doesNotExist();
  }

  private static String tick(int commit) {
    return "SELECT id + " + commit * ROWS_A_COMMIT + " AS n FROM range(" + ROWS_A_COMMIT + ")";
  }

  /** Whole commits, none twice, never fewer than before, and in the end all. */
  private static void assertCounts(Path out, int commits) throws IOException {
    List<Long> counts = new ArrayList<>();
    for (String line : lines(out)) {
      String[] numbers = line.split(" ");
      assertThat(numbers[0]).isEqualTo(numbers[1]);
      counts.add(Long.valueOf(numbers[0]));
    }
    assertThat(counts).isSorted().allMatch(count -> count % ROWS_A_COMMIT == 0);
    assertThat(counts.get(counts.size() - 1)).isEqualTo((long) commits * ROWS_A_COMMIT);
  }

  private Process reader(String name, Path out, Path stop, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ShortLivedJvm.options());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-cp"));
    String tests = System.getProperty("surefire.test.class.path");
    command.add(tests == null ? System.getProperty("java.class.path") : tests);
    command.add(LakeReader.class.getName());
    command.add(directory.resolve("lake").toString());
    command.add(stop.toString());
    command.addAll(List.of(settings));
    command.add(SMALL_SHUFFLE);
    Path work = Files.createDirectories(directory.resolve(name));
    Files.createFile(out);
    return new ProcessBuilder(command)
        .directory(work.toFile())
        .redirectOutput(out.toFile())
        .redirectError(directory.resolve(name + ".err").toFile())
        .start();
  }

  private static List<String> lines(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("one.err"))
          + Files.readString(directory.resolve("two.err"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
