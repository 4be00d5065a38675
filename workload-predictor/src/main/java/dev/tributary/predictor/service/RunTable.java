package dev.tributary.predictor.service;

import dev.tributary.predictor.recommend.GivenInputs;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Refusal.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs: facts, added once by job and id. */
final class RunTable {
  /** How many runs of a job models are fitted to, the latest. */
  static final int MOST_FITTED = 2_000;

  private static final int LOOKED_AT = 10;

  private RunTable() {}

  /** A run and when it became known in the order of all. */
  record Stored(long seq, Run run) {}

  /**
   * Adds a run.
   *
   * @return its number; empty where the same run is there already
   * @throws Refusal where another run has this job and id
   */
  static Optional<Long> add(Connection connection, Run run, Instant now, String pointer)
      throws SQLException {
    String document = RunJson.of(run).toString();
    Optional<String> known = document(connection, run.job(), run.id());
    if (known.isPresent()) {
      if (!known.get().equals(document)) {
        throw Refusal.at(
            Kind.CONFLICT,
            pointer,
            "Run '%s' of job '%s' is stored with other values; a run does not change."
                .formatted(run.id(), run.job()));
      }
      return Optional.empty();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO runs (job, run_id, recorded_at, document) VALUES (?, ?, ?, ?) RETURNING"
                + " seq")) {
      insert.setString(1, run.job());
      insert.setString(2, run.id());
      insert.setString(3, RunJson.time(now));
      insert.setString(4, document);
      try (ResultSet result = insert.executeQuery()) {
        result.next();
        return Optional.of(result.getLong(1));
      }
    }
  }

  /**
   * Refuses a prediction of what has been.
   *
   * @throws Refusal where the run is stored
   */
  static void requireNew(Connection connection, String job, String id) throws SQLException {
    if (document(connection, job, id).isPresent()) {
      throw Refusal.at(
          Kind.CONFLICT,
          "/run_id",
          "Run '%s' of job '%s' is stored with its outcome; a prediction is made before the run."
              .formatted(id, job));
    }
  }

  private static Optional<String> document(Connection connection, String job, String id)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT document FROM runs WHERE job = ? AND run_id = ?")) {
      query.setString(1, job);
      query.setString(2, id);
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
      }
    }
  }

  /**
   * The latest runs of a job with numbers from {@code since} on and below {@code before}, the
   * oldest first.
   */
  static List<Stored> of(Connection connection, String job, long since, long before, int most)
      throws SQLException {
    List<Stored> runs = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT seq, document FROM runs WHERE job = ? AND seq >= ? AND seq < ?"
                + " ORDER BY seq DESC LIMIT ?")) {
      query.setString(1, job);
      query.setLong(2, since);
      query.setLong(3, before);
      query.setInt(4, most);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          runs.add(new Stored(result.getLong(1), RunJson.storedRun(result.getString(2))));
        }
      }
    }
    Collections.reverse(runs);
    return List.copyOf(runs);
  }

  /**
   * The same runs, but the latest by start, the oldest first. Beside runs with a start, those
   * without one have the time they were recorded at in its place; where no run has one, all are in
   * the order they became known. Of those that became known last, {@value #LOOKED_AT} times as many
   * are looked at.
   */
  static List<Run> byStart(Connection connection, String job, long since, long before, int most)
      throws SQLException {
    List<Recorded> runs = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT document, recorded_at FROM (SELECT seq, document, recorded_at FROM runs"
                + " WHERE job = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?)"
                + " ORDER BY coalesce(json_extract(document, '$.started'), recorded_at) DESC,"
                + " seq DESC LIMIT ?")) {
      query.setString(1, job);
      query.setLong(2, since);
      query.setLong(3, before);
      query.setInt(4, LOOKED_AT * most);
      query.setInt(5, most);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          runs.add(
              new Recorded(
                  RunJson.storedRun(result.getString(1)), Instant.parse(result.getString(2))));
        }
      }
    }
    Collections.reverse(runs);
    // Texts of times with and without fractions of a second sort as times up to that second.
    return started(runs).stream().sorted(Run.BY_START).toList();
  }

  private record Recorded(Run run, Instant at) {}

  /**
   * The runs, all with a start where one has it. Of those recorded at once each gets a nanosecond
   * more than the one before, so that they stay in their order.
   */
  private static List<Run> started(List<Recorded> runs) {
    if (runs.stream().allMatch(one -> one.run().started().isEmpty())) {
      return runs.stream().map(Recorded::run).toList();
    }
    List<Run> started = new ArrayList<>();
    Instant last = Instant.MIN;
    for (Recorded one : runs) {
      if (one.run().started().isPresent()) {
        started.add(one.run());
      } else {
        last = one.at().isAfter(last) ? one.at() : last.plusNanos(1);
        started.add(one.run().withStart(last));
      }
    }
    return List.copyOf(started);
  }

  /** The inputs that any run of a job has. */
  static GivenInputs.Known inputs(Connection connection, String job) throws SQLException {
    SortedMap<String, Double> least = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT input.key, min(input.value) FROM runs,"
                + " json_each(runs.document, '$.inputs') AS input WHERE job = ?"
                + " GROUP BY input.key")) {
      query.setString(1, job);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          least.put(result.getString(1), result.getDouble(2));
        }
      }
    }
    return new GivenInputs.Known(least, hasFinished(connection, job));
  }

  /** Whether a run of the job has finished. */
  static boolean hasFinished(Connection connection, String job) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM runs WHERE job = ? AND json_extract(document, '$.outcome') = 'finished'"
                + " LIMIT 1")) {
      query.setString(1, job);
      try (ResultSet result = query.executeQuery()) {
        return result.next();
      }
    }
  }

  /** The latest runs of other jobs, the oldest first. */
  static List<Run> others(Connection connection, String job, int most) throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT document FROM runs WHERE job <> ? ORDER BY seq DESC LIMIT ?")) {
      query.setString(1, job);
      query.setInt(2, most);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          runs.add(RunJson.storedRun(result.getString(1)));
        }
      }
    }
    Collections.reverse(runs);
    return List.copyOf(runs);
  }

  /** The greatest number among the runs that {@link #of} would give; 0 where there is none. */
  static long last(Connection connection, String job, long since, long before) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(max(seq), 0) FROM runs WHERE job = ? AND seq >= ? AND seq < ?")) {
      query.setString(1, job);
      query.setLong(2, since);
      query.setLong(3, before);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  static long count(Connection connection, String job) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM runs WHERE job = ?")) {
      query.setString(1, job);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
