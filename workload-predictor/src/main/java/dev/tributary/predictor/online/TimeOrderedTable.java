package dev.tributary.predictor.online;

import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.table.DelimitedTable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads the runs of jobs from a table, in the order of time. */
public final class TimeOrderedTable {
  private TimeOrderedTable() {}

  /**
   * Which columns hold what.
   *
   * @param job empty: the file holds one job
   * @param run empty: every row is a run; else rows of the same value are one run, whose parts they
   *     are in the order of the table: their targets are added up, all else is the earliest row's
   * @param time ISO 8601, {@code yyyy-MM-dd HH:mm:ss[.fff]} (UTC) or a number
   * @param target runtime in seconds; milliseconds where the column's name ends in {@code _ms}
   * @param scaleOut number of machines at the start
   * @param inputs numbers known before a run
   */
  public record Columns(
      String job, String run, String time, String target, String scaleOut, List<String> inputs) {
    /** Copies. */
    public Columns {
      inputs = List.copyOf(inputs);
    }
  }

  /** Runs by job, each job's in the order of time. */
  public static Map<String, List<Run>> read(Path file, Columns columns) {
    DelimitedTable table = DelimitedTable.read(file);
    Map<String, Map<String, List<Integer>>> rows = new TreeMap<>();
    for (int row = 0; row < table.rows(); row++) {
      String job =
          columns.job().isEmpty() ? file.getFileName().toString() : table.text(row, columns.job());
      String run = columns.run().isEmpty() ? Integer.toString(row) : table.text(row, columns.run());
      rows.computeIfAbsent(job, k -> new HashMap<>())
          .computeIfAbsent(run, k -> new ArrayList<>())
          .add(row);
    }
    Map<String, List<Run>> runs = new TreeMap<>();
    rows.forEach(
        (job, grouped) ->
            runs.put(
                job,
                grouped.entrySet().stream()
                    .map(e -> run(table, columns, job, e.getKey(), e.getValue()))
                    .sorted(
                        Comparator.comparing((Run r) -> r.started().orElseThrow())
                            .thenComparing(Run::id))
                    .toList()));
    return runs;
  }

  private static Run run(
      DelimitedTable table, Columns columns, String job, String id, List<Integer> rows) {
    int first =
        rows.stream()
            .min(Comparator.comparing(row -> time(table, row, columns.time())))
            .orElseThrow();
    double unit = columns.target().toLowerCase(Locale.ROOT).endsWith("_ms") ? 1e6 : 1e9;
    double nanos = 0;
    List<Double> parts = new ArrayList<>();
    for (int row : rows) {
      double part = table.number(row, columns.target()) * unit;
      if (!(part >= 0)) {
        throw table.wrong(row, columns.target(), "is no time that something took; give 0 or more");
      }
      nanos += part;
      parts.add(part / 1e9);
    }
    if (!(nanos > 0)) {
      throw table.wrong(
          first, columns.target(), "makes run '%s' of job '%s' take no time".formatted(id, job));
    }
    Map<String, Double> inputs = new HashMap<>();
    columns.inputs().forEach(c -> inputs.put(c, table.number(first, c)));
    long workers = Math.max(1, Math.round(table.number(first, columns.scaleOut())));
    if (workers > Cluster.MOST_CORES) {
      throw table.wrong(first, columns.scaleOut(), "is more than " + Cluster.MOST_CORES);
    }
    Run run =
        new Run(
            job,
            id,
            Optional.of(time(table, first, columns.time())),
            new Cluster("unknown", (int) workers, 1, 1),
            inputs,
            Duration.ofNanos(Math.round(nanos)),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Outcome.FINISHED,
            Map.of());
    return parts.size() > 1 ? RunParts.with(run, parts) : run;
  }

  private static Instant time(DelimitedTable table, int row, String column) {
    String text = table.text(row, column).replace(' ', 'T');
    try {
      if (text.matches("-?\\d+(\\.\\d+)?")) {
        return Instant.EPOCH.plusNanos(Math.round(Double.parseDouble(text) * 1e6));
      }
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw table.wrong(row, column, "is no time; write it as 2026-01-31 12:30:00, or as a number");
    }
  }
}
