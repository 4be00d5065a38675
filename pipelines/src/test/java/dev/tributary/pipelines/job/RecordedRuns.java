package dev.tributary.pipelines.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Runs of jobs on a lake, in a session that stays open, with what they printed. */
public final class RecordedRuns {
  private final SparkSession spark;
  private final String lake;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public RecordedRuns(SparkSession spark, Path lake) {
    this.spark = spark;
    this.lake = lake.toString();
  }

  /** The session for such runs; a context that another test left would keep its own cores. */
  public static SparkSession open(Path lake, String master) {
    var left = SparkSession.getDefaultSession();
    if (left.isDefined()) {
      left.get().stop();
    }
    return new LakeSession(Lake.at(lake), "test of runs", Map.of("spark.master", master)).open();
  }

  public ExitCode run(Optional<RunSizing> sizing, Job<?> job, String... arguments) {
    RunSetting setting =
        new RunSetting(
            lake,
            (place, application, settings) -> spark,
            Map.of(),
            Clock.systemUTC(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    return new JobRunner(setting, sizing).run(job, List.of(arguments));
  }

  /** The last line of standard output. */
  public JsonNode closingLine() throws IOException {
    List<String> lines = out().lines().toList();
    return Json.MAPPER.readTree(lines.get(lines.size() - 1));
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
