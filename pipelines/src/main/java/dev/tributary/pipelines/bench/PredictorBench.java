package dev.tributary.pipelines.bench;

import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.predictor.eventlog.EventLogGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The predictor's speed: event logs parsed on one core beside Spark's own JsonProtocol on the same
 * generated log in the same run, and many logs passed over incrementally. Each reads in a JVM of
 * 512 MB.
 *
 * @param megabytes size of the one log, MB
 * @param logs how many small logs
 * @param directory where the logs are written
 */
public record PredictorBench(int megabytes, int logs, Path directory) {
  private static final int BYTES_PER_TASK = 4200;
  private static final int STAGES = 20;
  private static final int EVERY_HUNDREDTH = 100;
  private static final int PASSES = 5;

  /** Checks the ranges. */
  public PredictorBench {
    if (megabytes < 1 || logs < 1) {
      throw JobErrors.usage(
          "Nothing to measure: %d MB and %d logs".formatted(megabytes, logs),
          null,
          "give at least 1 of each");
    }
  }

  /**
   * Runs the benchmark.
   *
   * @return the JSON object to print
   */
  public Map<String, Object> run(Progress progress) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "predictor");
    report.put("parse", parse(progress));
    report.put("incremental", incremental(progress));
    report.put("machine", BenchMachine.describe());
    return report;
  }

  private Map<String, Object> parse(Progress progress) throws IOException {
    progress.say("generating a log of %,d MB".formatted(megabytes));
    int tasks = (int) (megabytes * 1_000_000L / BYTES_PER_TASK / STAGES);
    Path log = directory.resolve("application_1700000000000_999999");
    write(new EventLogGenerator(1, 999_999, STAGES, Math.max(1, tasks), 8), log);
    progress.say("reading it");
    Map<String, Object> ours =
        EventLogProcess.run(EventLogProcess.Work.READER, log, PASSES, directory);
    progress.say("reading it with Spark's JsonProtocol");
    Map<String, Object> sparks =
        EventLogProcess.run(EventLogProcess.Work.JSON_PROTOCOL, log, PASSES, directory);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("log_mb", Figures.round(Files.size(log) / 1e6, 1));
    figures.put("heap_max_mb", 512);
    figures.put("reader", ours);
    figures.put("json_protocol", sparks);
    figures.put(
        "times_as_fast",
        Figures.round(
            number(ours, "mb_per_core_second") / number(sparks, "mb_per_core_second"), 1));
    Files.delete(log);
    return figures;
  }

  private static double number(Map<String, Object> figures, String name) {
    return ((Number) figures.get(name)).doubleValue();
  }

  private Map<String, Object> incremental(Progress progress) throws IOException {
    progress.say("generating %,d logs".formatted(logs));
    Path place = Files.createDirectories(directory.resolve("logs"));
    for (int log = 0; log < logs; log++) {
      EventLogGenerator small = new EventLogGenerator(2, log, 1, 6, 2);
      write(small, place.resolve(small.id()));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    progress.say("reading all of them");
    figures.put("all_new", pass(place));
    figures.put("none_changed", pass(place));
    for (int log = 0; log < logs; log += EVERY_HUNDREDTH) {
      EventLogGenerator grown = new EventLogGenerator(2, log, 1, 7, 2);
      write(grown, place.resolve(grown.id()));
    }
    figures.put("one_percent_grown", pass(place));
    return figures;
  }

  private Map<String, Object> pass(Path place) {
    return EventLogProcess.run(EventLogProcess.Work.PASS, place, 1, directory);
  }

  private static void write(EventLogGenerator log, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      log.write(out);
    }
  }
}
