package dev.tributary.pipelines.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.predictor.eventlog.EventLogReader;
import dev.tributary.predictor.eventlog.LogFinder;
import dev.tributary.predictor.eventlog.ReadState;
import dev.tributary.predictor.feature.ApplicationLogs;
import dev.tributary.predictor.feature.ApplicationVisitor;
import dev.tributary.predictor.feature.ReadReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.JsonProtocol;

/**
 * Reads event logs in a JVM of its own with 512 MB of heap, so that the heap and the processor time
 * are those of reading alone. Reads with the predictor's reader, features included, or makes the
 * events of Spark's own {@code JsonProtocol}, or passes over a directory incrementally.
 */
final class EventLogProcess {
  private static final int HEAP_MEGABYTES = 512;
  private static final String RESULT = "result ";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MEGABYTE = 1e6;

  private EventLogProcess() {}

  /** What the process does. */
  enum Work {
    /** The predictor's reader on one log. */
    READER,
    /** Spark's JsonProtocol on the same log. */
    JSON_PROTOCOL,
    /** One pass over a directory with a state file. */
    PASS
  }

  /** Runs a process to its end and returns its figures. */
  static Map<String, Object> run(Work work, Path path, int passes, Path directory) {
    try (ChildJvm child =
        ChildJvm.start(
            "The reader of event logs",
            EventLogProcess.class,
            HEAP_MEGABYTES,
            List.of(),
            List.of(
                work.name(),
                path.toString(),
                Integer.toString(passes),
                directory.resolve("state").toString()),
            directory.resolve("reader.log"))) {
      String line = child.awaitLine(RESULT, Duration.ofMinutes(10));
      return JSON.readValue(line, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The child: work, path, passes, state file. */
  public static void main(String[] arguments) throws IOException {
    ChildJvm.exitWithParent();
    Work work = Work.valueOf(arguments[0]);
    Path path = Path.of(arguments[1]);
    int passes = Integer.parseInt(arguments[2]);
    Map<String, Object> figures =
        switch (work) {
          case READER -> measured(passes, () -> read(path));
          case JSON_PROTOCOL -> measured(passes, () -> parse(path));
          case PASS -> pass(path, Path.of(arguments[3]));
        };
    System.out.println(RESULT + JSON.writeValueAsString(figures));
    System.out.flush();
    System.exit(0);
  }

  /** Reads something, and says how many bytes and events it was. */
  private interface Reading {
    long[] read() throws IOException;
  }

  /** The best of some passes after two that warm up: others may use the machine. */
  private static Map<String, Object> measured(int passes, Reading reading) throws IOException {
    reading.read();
    reading.read();
    BenchMachine.resetHeapPeak();
    List<Double> perSecond = new ArrayList<>();
    List<Double> perCpuSecond = new ArrayList<>();
    long[] read = {};
    for (int pass = 0; pass < passes; pass++) {
      double cpu = BenchMachine.cpuSeconds();
      long started = System.nanoTime();
      read = reading.read();
      perSecond.add(read[0] / MEGABYTE / ((System.nanoTime() - started) / 1e9));
      perCpuSecond.add(read[0] / MEGABYTE / (BenchMachine.cpuSeconds() - cpu));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("mb_per_second", Figures.round(best(perSecond), 1));
    figures.put("mb_per_core_second", Figures.round(best(perCpuSecond), 1));
    figures.put("task_ends", read[1]);
    figures.put("heap_peak_mb", BenchMachine.heapPeakMegabytes());
    return figures;
  }

  private static double best(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  private static long[] read(Path log) {
    EventLogReader reader = new EventLogReader();
    long[] read = new long[2];
    ApplicationVisitor visitor =
        new ApplicationVisitor(
            application -> {
              read[0] += application.counts().bytes();
              read[1] += application.summary().features().get("tasks").longValue();
            });
    LogFinder.find(
        log.toString(),
        source -> {
          try {
            reader.read(source, visitor);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return read;
  }

  private static long[] parse(Path log) throws IOException {
    long tasks = 0;
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Object event = JsonProtocol.sparkEventFromJson(line);
        if (event instanceof org.apache.spark.scheduler.SparkListenerTaskEnd) {
          tasks++;
        }
      }
    }
    return new long[] {Files.size(log), tasks};
  }

  private static Map<String, Object> pass(Path logs, Path state) {
    BenchMachine.resetHeapPeak();
    double cpu = BenchMachine.cpuSeconds();
    long started = System.nanoTime();
    ReadReport report;
    long live;
    try (ReadState known = ReadState.open(state)) {
      report = ApplicationLogs.read(List.of(logs.toString()), known, 1, application -> {});
      System.gc();
      live = BenchMachine.heapUsedMegabytes();
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", Figures.round((System.nanoTime() - started) / 1e9, 2));
    figures.put("cpu_seconds", Figures.round(BenchMachine.cpuSeconds() - cpu, 2));
    figures.put("logs", report.logs());
    figures.put("read", report.logs() - report.unchanged());
    figures.put("applications", report.applications());
    figures.put("mb", Math.round(report.bytes() / MEGABYTE));
    figures.put("heap_peak_mb", BenchMachine.heapPeakMegabytes());
    figures.put("heap_after_collection_mb", live);
    return figures;
  }
}
