package dev.tributary.pipelines.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.pipelines.job.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs of our own for the memory model: job × heap × rows. Every run is Spark in a JVM of its own
 * with that heap; it ends finished, out of memory, or timed out. First the given heaps, then the
 * gap between the greatest that failed and the smallest that finished is halved until it is narrow.
 *
 * <p>Appends a row a run to the CSV, in the form that {@code predictor recommend --runs} reads, and
 * runs nothing that the file has already: stopped at any time, it goes on where it was.
 *
 * @param file the CSV; made where it is not there
 * @param quick a few cells only
 * @param budget starts no run after this long
 */
public record MemoryGrid(Path file, boolean quick, Duration budget) {
  private static final String HEADER =
      "job,run_id,started,machine_type,workers,cores_per_worker,memory_mb_per_worker,runtime_s,"
          + "peak_memory_mb,cpu,outcome,input_rows,feature_heap_mib,feature_live_memory_mb,"
          + "feature_executor_memory_mb";
  private static final List<Integer> HEAPS = List.of(512, 896, 1536, 2560);
  private static final List<Long> ROWS = List.of(250_000L, 500_000L, 900_000L, 1_400_000L);

  /** Heaps above the second that finished teach nothing. */
  private static final int ENOUGH = 2;

  private static final double NARROW = 1.15;
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final double MB_PER_MIB = 1.048576;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Runs what is missing.
   *
   * @return the JSON object to print: runs made now, runs in the file, whether the grid is whole
   */
  public Map<String, Object> run(Progress progress) {
    long end = System.nanoTime() + budget.toNanos();
    Map<String, TreeMap<Integer, Boolean>> done = read();
    int before = count(done);
    boolean whole = true;
    for (MemoryJob job : jobs()) {
      for (long rows : quick ? ROWS.subList(0, 2) : ROWS) {
        TreeMap<Integer, Boolean> cell =
            done.computeIfAbsent(key(job.label(), rows), key -> new TreeMap<>());
        whole = whole && fill(cell, job, rows, end, progress);
      }
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "memory-grid");
    report.put("runs_now", count(done) - before);
    report.put("runs", count(done));
    report.put("whole", whole);
    report.put("file", file.toString());
    report.put("machine", BenchMachine.describe());
    return report;
  }

  private List<MemoryJob> jobs() {
    return quick ? List.of(MemoryJob.MAP, MemoryJob.SORT) : List.of(MemoryJob.values());
  }

  /** Whether the cell is whole afterwards; not when the time is over. */
  private boolean fill(
      TreeMap<Integer, Boolean> cell, MemoryJob job, long rows, long end, Progress progress) {
    for (int heap = next(cell); heap > 0; heap = next(cell)) {
      if (System.nanoTime() > end) {
        return false;
      }
      boolean finished = measure(job, rows, heap);
      cell.put(heap, finished);
      progress.say(
          "%s, %,d rows, heap %d MiB: %s"
              .formatted(job.label(), rows, heap, finished ? "finished" : "did not finish"));
    }
    return true;
  }

  /** The next heap to try, or 0. */
  private int next(TreeMap<Integer, Boolean> cell) {
    for (int heap : quick ? HEAPS.subList(0, 2) : HEAPS) {
      if (!cell.containsKey(heap) && finished(cell) < ENOUGH) {
        return heap;
      }
    }
    int least =
        cell.entrySet().stream()
            .filter(Map.Entry::getValue)
            .mapToInt(Map.Entry::getKey)
            .min()
            .orElse(0);
    Integer failed = least == 0 ? null : cell.lowerKey(least);
    if (quick || failed == null || least <= NARROW * failed) {
      return 0;
    }
    return (int) Math.round(Math.sqrt((double) least * failed) / 16) * 16;
  }

  private static long finished(TreeMap<Integer, Boolean> cell) {
    return cell.values().stream().filter(finished -> finished).count();
  }

  /** What a child said, if it came to that, and how it ended. */
  private record Ending(JsonNode result, int exit, double seconds) {}

  private boolean measure(MemoryJob job, long rows, int heap) {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Ending ending = run(job, rows, heap);
    JsonNode result = ending.result();
    String outcome = outcome(ending);
    boolean finished = outcome.equals("FINISHED");
    append(
        String.format(
            Locale.ROOT,
            "%s,%s-%d-%d,%s,local,1,%d,%.1f,%.3f,%s,%s,%s,%d,%d,%s,%.1f",
            job.label(),
            job.label(),
            rows,
            heap,
            started,
            MemoryJob.PARTITIONS,
            heap * MB_PER_MIB,
            result == null ? ending.seconds() : result.get("runtime_s").asDouble(),
            finished ? decimal(result, "peak_mb", 1) : "",
            finished ? decimal(result, "cpu", 3) : "",
            outcome,
            rows,
            heap,
            finished ? decimal(result, "live_mb", 1) : "",
            heap * MB_PER_MIB));
    return finished;
  }

  private Ending run(MemoryJob job, long rows, int heap) {
    long clock = System.nanoTime();
    try (ChildJvm child =
        ChildJvm.start(
            "The memory grid's run",
            MemoryGridChild.class,
            heap,
            options(),
            List.of(job.name(), Long.toString(rows)),
            log())) {
      CompletableFuture<Void> alarm =
          CompletableFuture.runAsync(
              child::kill,
              CompletableFuture.delayedExecutor(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
      List<String> lines = new ArrayList<>();
      int exit = child.drain(lines::add);
      alarm.cancel(false);
      JsonNode result = null;
      for (String line : lines) {
        if (line.startsWith(MemoryGridChild.RESULT)) {
          result = JSON.readTree(line.substring(MemoryGridChild.RESULT.length()));
        }
      }
      return new Ending(result, exit, (System.nanoTime() - clock) / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a run was under way", e);
    }
  }

  private Path log() {
    return file.resolveSibling(file.getFileName() + ".log");
  }

  private static String decimal(JsonNode result, String field, int places) {
    return Figures.round(result.get(field).asDouble(), places).toPlainString();
  }

  /** The JVM's own exit code for an error of memory is 3 (-XX:+ExitOnOutOfMemoryError). */
  private String outcome(Ending ending) {
    if (ending.result() != null) {
      return ending.result().get("outcome").asText();
    }
    if (ending.exit() == 3) {
      return "OUT_OF_MEMORY";
    }
    if (ending.seconds() >= TIMEOUT.toSeconds()) {
      return "TIMED_OUT";
    }
    throw new IllegalStateException(
        "A run of the memory grid ended with code %d; its errors are in %s"
            .formatted(ending.exit(), log()));
  }

  private static List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:GCTimeLimit=90",
                "-XX:GCHeapFreeLimit=5",
                "-Dlog4j2.configurationFile=tributary-log4j2.properties",
                "-Dtributary.log=" + System.getProperty("tributary.log", "/dev/null")));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens") || option.startsWith("-Djava.security"))
        .forEach(options::add);
    return options;
  }

  private Map<String, TreeMap<Integer, Boolean>> read() {
    Map<String, TreeMap<Integer, Boolean>> done = new LinkedHashMap<>();
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, HEADER + "\n");
      }
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split(",", -1);
        if (cells.length == HEADER.split(",").length && !line.equals(HEADER)) {
          done.computeIfAbsent(key(cells[0], Long.parseLong(cells[11])), key -> new TreeMap<>())
              .put(Integer.parseInt(cells[12]), cells[10].equals("FINISHED"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The grid's file %s cannot be used".formatted(file), e);
    }
    return done;
  }

  private void append(String row) {
    try {
      Files.writeString(file, row + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The grid's file %s cannot be written".formatted(file), e);
    }
  }

  private static String key(String job, long rows) {
    return job + " " + rows;
  }

  private static int count(Map<String, TreeMap<Integer, Boolean>> done) {
    return done.values().stream().mapToInt(Map::size).sum();
  }
}
