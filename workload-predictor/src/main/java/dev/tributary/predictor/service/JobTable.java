package dev.tributary.predictor.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Jobs, their modes, and their models' versions. */
final class JobTable {
  private static final String COLUMNS =
      "version, learner, since_seq, status, cause, created_at, champion_since, replaced";

  private JobTable() {}

  /** What a model's version is for. */
  enum Status {
    CHAMPION,
    CHALLENGER,
    RETIRED,
    REJECTED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A version of a job's model.
   *
   * @param since number of the first run it is fitted to
   * @param replaced the champion before it
   */
  record Version(
      int version,
      String learner,
      long since,
      Status status,
      String cause,
      Instant createdAt,
      Optional<Instant> championSince,
      OptionalInt replaced) {}

  /** Makes a job known, with its first champion; does nothing where it is. */
  static void ensure(Connection connection, String job, String learner, Instant now)
      throws SQLException {
    if (mode(connection, job).isPresent()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO jobs (job, mode, created_at) VALUES (?, ?, ?)")) {
      insert.setString(1, job);
      insert.setString(2, Mode.SHADOW.text());
      insert.setString(3, RunJson.time(now));
      insert.executeUpdate();
    }
    int first = add(connection, job, learner, 0, "the first", now);
    promote(connection, job, first, OptionalInt.empty(), now);
  }

  static List<String> all(Connection connection) throws SQLException {
    List<String> jobs = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT job FROM jobs ORDER BY job");
        ResultSet result = query.executeQuery()) {
      while (result.next()) {
        jobs.add(result.getString(1));
      }
    }
    return jobs;
  }

  static Optional<Mode> mode(Connection connection, String job) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT mode FROM jobs WHERE job = ?")) {
      query.setString(1, job);
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? Mode.of(result.getString(1)) : Optional.empty();
      }
    }
  }

  static void setMode(Connection connection, String job, Mode mode) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE jobs SET mode = ? WHERE job = ?")) {
      update.setString(1, mode.text());
      update.setString(2, job);
      update.executeUpdate();
    }
  }

  /** All versions, the oldest first. */
  static List<Version> versions(Connection connection, String job) throws SQLException {
    List<Version> versions = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM models WHERE job = ? ORDER BY version")) {
      query.setString(1, job);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          versions.add(version(result));
        }
      }
    }
    return versions;
  }

  private static Version version(ResultSet result) throws SQLException {
    String since = result.getString("champion_since");
    int replaced = result.getInt("replaced");
    return new Version(
        result.getInt("version"),
        result.getString("learner"),
        result.getLong("since_seq"),
        Status.valueOf(result.getString("status").toUpperCase(Locale.ROOT)),
        result.getString("cause"),
        Instant.parse(result.getString("created_at")),
        Optional.ofNullable(since).map(Instant::parse),
        replaced == 0 ? OptionalInt.empty() : OptionalInt.of(replaced));
  }

  static Version champion(Connection connection, String job) throws SQLException {
    return with(connection, job, Status.CHAMPION)
        .orElseThrow(() -> new IllegalStateException("job '" + job + "' has no champion"));
  }

  static Optional<Version> challenger(Connection connection, String job) throws SQLException {
    return with(connection, job, Status.CHALLENGER);
  }

  private static Optional<Version> with(Connection connection, String job, Status status)
      throws SQLException {
    return versions(connection, job).stream().filter(v -> v.status() == status).findFirst();
  }

  /** Adds a challenger. */
  static int add(
      Connection connection, String job, String learner, long since, String cause, Instant now)
      throws SQLException {
    int version = versions(connection, job).size() + 1;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO models (job, version, learner, since_seq, status, cause, created_at)"
                + " VALUES (?, ?, ?, ?, 'challenger', ?, ?)")) {
      insert.setString(1, job);
      insert.setInt(2, version);
      insert.setString(3, learner);
      insert.setLong(4, since);
      insert.setString(5, cause);
      insert.setString(6, RunJson.time(now));
      insert.executeUpdate();
    }
    return version;
  }

  static void setStatus(Connection connection, String job, int version, Status status)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE models SET status = ? WHERE job = ? AND version = ?")) {
      update.setString(1, status.text());
      update.setString(2, job);
      update.setInt(3, version);
      update.executeUpdate();
    }
  }

  /** Makes a version the champion; the champion there is retires first. */
  static void promote(
      Connection connection, String job, int version, OptionalInt replaced, Instant now)
      throws SQLException {
    Optional<Version> before = with(connection, job, Status.CHAMPION);
    if (before.isPresent()) {
      setStatus(connection, job, before.get().version(), Status.RETIRED);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE models SET status = 'champion', champion_since = ?, replaced = ?"
                + " WHERE job = ? AND version = ?")) {
      update.setString(1, RunJson.time(now));
      if (replaced.isPresent()) {
        update.setInt(2, replaced.getAsInt());
      } else {
        update.setNull(2, java.sql.Types.INTEGER);
      }
      update.setString(3, job);
      update.setInt(4, version);
      update.executeUpdate();
    }
  }
}
