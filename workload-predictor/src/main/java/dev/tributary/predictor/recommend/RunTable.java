package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.io.IOException;
import java.nio.file.Files;
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
 * Runs in a CSV with a header: {@code job, run_id, machine_type, workers, cores_per_worker,
 * memory_mb_per_worker, runtime_s}, and where they are known {@code started} (ISO 8601), {@code
 * peak_memory_mb}, {@code cpu} (0 to 1), {@code outcome} (FINISHED where it is empty), {@code
 * input_*} and {@code feature_*} (numbers). Errors name the line and the column. Fields are not
 * quoted and hold no comma.
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

  private final Path file;
  private final List<String> columns;

  private RunTable(Path file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * All runs of a file, in its order.
   *
   * @throws PredictorException for a missing column, a value that is none, a run that is there
   *     twice
   */
  public static List<Run> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The runs in %s cannot be read".formatted(file),
          e.toString(),
          "give a readable CSV after --runs",
          e);
    }
    if (lines.isEmpty()) {
      throw PredictorException.usage(
          "The file of runs %s is empty".formatted(file), null, "give a CSV with a header");
    }
    RunTable table =
        new RunTable(file, Arrays.stream(lines.get(0).split(",", -1)).map(String::strip).toList());
    table.checkColumns();
    List<Run> runs = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int line = 1; line < lines.size(); line++) {
      if (lines.get(line).isBlank()) {
        continue;
      }
      Run run = table.run(lines.get(line), line + 1);
      Integer before = seen.put(run.job() + "\n" + run.id(), line + 1);
      if (before != null) {
        throw table.wrong(line + 1, "run_id", run.id(), "is that of line %d too".formatted(before));
      }
      runs.add(run);
    }
    return List.copyOf(runs);
  }

  private void checkColumns() {
    for (String needed : NEEDED.stream().sorted().toList()) {
      if (!columns.contains(needed)) {
        throw PredictorException.usage(
            "The file of runs %s has no column '%s'".formatted(file, needed),
            "its columns are " + columns,
            "add it");
      }
    }
  }

  private Run run(String text, int line) {
    String[] cells = text.split(",", -1);
    if (cells.length != columns.size()) {
      throw PredictorException.usage(
          "%s, line %d: %d fields".formatted(file, line, cells.length),
          "the header has %d columns".formatted(columns.size()),
          "correct the line");
    }
    Map<String, String> row = new HashMap<>();
    Map<String, Double> inputs = new HashMap<>();
    Map<String, Double> features = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      String column = columns.get(i);
      String value = cells[i].strip();
      row.put(column, value);
      if (!value.isEmpty() && column.startsWith(INPUT)) {
        inputs.put(column.substring(INPUT.length()), number(line, column, value));
      } else if (!value.isEmpty() && column.startsWith(FEATURE)) {
        features.put(column.substring(FEATURE.length()), number(line, column, value));
      }
    }
    double seconds = number(line, "runtime_s", row.get("runtime_s"));
    if (seconds < 0) {
      throw wrong(line, "runtime_s", row.get("runtime_s"), "is negative");
    }
    return new Run(
        named(line, "job", row),
        named(line, "run_id", row),
        started(line, row.getOrDefault("started", "")),
        cluster(line, row),
        inputs,
        Duration.ofNanos(Math.round(seconds * 1e9)),
        positive(line, "peak_memory_mb", row),
        positive(line, "cpu", row),
        outcome(line, row.getOrDefault("outcome", "")),
        features);
  }

  private Cluster cluster(int line, Map<String, String> row) {
    double workers = number(line, "workers", row.get("workers"));
    double cores = number(line, "cores_per_worker", row.get("cores_per_worker"));
    double memory = number(line, "memory_mb_per_worker", row.get("memory_mb_per_worker"));
    if (workers < 1 || workers != Math.rint(workers)) {
      throw wrong(line, "workers", row.get("workers"), "is not a whole number above 0");
    }
    if (cores < 1 || cores != Math.rint(cores)) {
      throw wrong(
          line, "cores_per_worker", row.get("cores_per_worker"), "is not a whole number above 0");
    }
    if (!(memory > 0)) {
      throw wrong(line, "memory_mb_per_worker", row.get("memory_mb_per_worker"), "is not above 0");
    }
    return new Cluster(named(line, "machine_type", row), (int) workers, (int) cores, memory);
  }

  private String named(int line, String column, Map<String, String> row) {
    String value = row.get(column);
    if (value.isEmpty()) {
      throw wrong(line, column, value, "is empty");
    }
    return value;
  }

  private Optional<Instant> started(int line, String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(value));
    } catch (DateTimeParseException e) {
      throw wrong(line, "started", value, "is not a time such as 2026-01-31T08:00:00Z");
    }
  }

  private Outcome outcome(int line, String value) {
    if (value.isEmpty()) {
      return Outcome.FINISHED;
    }
    try {
      return Outcome.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(line, "outcome", value, "is none of " + Arrays.toString(Outcome.values()));
    }
  }

  private OptionalDouble positive(int line, String column, Map<String, String> row) {
    String value = row.getOrDefault(column, "");
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = number(line, column, value);
    if (number < 0) {
      throw wrong(line, column, value, "is negative");
    }
    return OptionalDouble.of(number);
  }

  private double number(int line, String column, String value) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below is the same for words and for infinities.
    }
    throw wrong(line, column, value, "is not a finite number");
  }

  private PredictorException wrong(int line, String column, String value, String what) {
    return PredictorException.usage(
        "%s, line %d, column %s: '%s' %s".formatted(file, line, column, value, what),
        null,
        "correct the value");
  }
}
