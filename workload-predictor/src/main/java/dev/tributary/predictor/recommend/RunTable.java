package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.table.DelimitedTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Runs in a delimited text table ({@link DelimitedTable}): {@code job, run_id, machine_type,
 * workers, cores_per_worker, memory_mb_per_worker, runtime_s}, and where they are known {@code
 * started} (ISO 8601), {@code peak_memory_mb}, {@code cpu} (0 to 1), {@code outcome} (FINISHED
 * where it is empty), {@code input_*} and {@code feature_*} (numbers). Errors name the line and the
 * column.
 */
public final class RunTable {
  private static final Set<String> NEEDED =
      Set.of(
          "job",
          "run_id",
          "machine_type",
          "workers",
          "cores_per_worker",
          "memory_mb_per_worker",
          "runtime_s");
  private static final String INPUT = "input_";
  private static final String FEATURE = "feature_";
  private static final double MOST_SECONDS = 1e9;
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);

  private final DelimitedTable table;

  private RunTable(DelimitedTable table) {
    this.table = table;
  }

  /**
   * All runs of a file, in its order.
   *
   * @throws PredictorException for a column that is missing or there twice, a value that is none, a
   *     run that is there twice
   */
  public static List<Run> read(Path file) {
    RunTable runs = new RunTable(DelimitedTable.read(file));
    runs.table.requireDistinctColumns();
    NEEDED.stream().sorted().forEach(runs.table::require);
    return runs.all();
  }

  private List<Run> all() {
    List<Run> runs = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      Run run = run(row);
      Integer before = seen.put(run.job() + "\n" + run.id(), table.line(row));
      if (before != null) {
        throw table.wrong(row, "run_id", "is that of line %d too".formatted(before));
      }
      runs.add(run);
    }
    return List.copyOf(runs);
  }

  private Run run(int row) {
    return new Run(
        named(row, "job"),
        named(row, "run_id"),
        started(row),
        cluster(row),
        numbers(row, INPUT),
        runtime(row),
        measured(row, "peak_memory_mb"),
        measured(row, "cpu"),
        outcome(row),
        numbers(row, FEATURE));
  }

  private Duration runtime(int row) {
    double seconds = atLeastZero(row, "runtime_s", table.number(row, "runtime_s"));
    if (seconds > MOST_SECONDS) {
      throw table.wrong(row, "runtime_s", "is more than 10^9 seconds");
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** The columns of a prefix that are not empty, by the rest of their names. */
  private Map<String, Double> numbers(int row, String prefix) {
    Map<String, Double> numbers = new HashMap<>();
    for (String column : table.columns()) {
      if (column.startsWith(prefix)) {
        table
            .optionalNumber(row, column)
            .ifPresent(value -> numbers.put(column.substring(prefix.length()), value));
      }
    }
    return numbers;
  }

  private Cluster cluster(int row) {
    double memory = table.number(row, "memory_mb_per_worker");
    if (!(memory > 0)) {
      throw table.wrong(row, "memory_mb_per_worker", "is not above 0");
    }
    int workers = count(row, "workers");
    int cores = count(row, "cores_per_worker");
    if (!Cluster.isPossible(workers, cores)) {
      throw table.wrong(
          row,
          "cores_per_worker",
          "makes, times %d workers, more than %d cores".formatted(workers, Cluster.MOST_CORES));
    }
    return new Cluster(named(row, "machine_type"), workers, cores, memory);
  }

  private int count(int row, String column) {
    double value = table.number(row, column);
    if (value < 1 || value != Math.rint(value)) {
      throw table.wrong(row, column, "is not a whole number above 0");
    }
    if (value > Cluster.MOST_CORES) {
      throw table.wrong(row, column, "is more than " + Cluster.MOST_CORES);
    }
    return (int) value;
  }

  private String named(int row, String column) {
    if (!table.has(row, column)) {
      throw table.wrong(row, column, "is empty");
    }
    return table.text(row, column);
  }

  private Optional<Instant> started(int row) {
    if (!table.has(row, "started")) {
      return Optional.empty();
    }
    Instant started = time(row, "started");
    if (started.isBefore(Instant.EPOCH) || started.isAfter(Instant.now().plus(CLOCKS_DIFFER_BY))) {
      throw table.wrong(row, "started", "is before 1970 or more than a day from now");
    }
    return Optional.of(started);
  }

  private Instant time(int row, String column) {
    try {
      return Instant.parse(table.text(row, column));
    } catch (DateTimeParseException e) {
      throw table.wrong(row, column, "is not a time such as 2026-01-31T08:00:00Z");
    }
  }

  private Outcome outcome(int row) {
    if (!table.has(row, "outcome")) {
      return Outcome.FINISHED;
    }
    try {
      return Outcome.valueOf(table.text(row, "outcome").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw table.wrong(row, "outcome", "is none of " + Arrays.toString(Outcome.values()));
    }
  }

  private OptionalDouble measured(int row, String column) {
    OptionalDouble value = table.optionalNumber(row, column);
    value.ifPresent(number -> atLeastZero(row, column, number));
    return value;
  }

  private double atLeastZero(int row, String column, double value) {
    if (value < 0) {
      throw table.wrong(row, column, "is negative");
    }
    return value;
  }
}
