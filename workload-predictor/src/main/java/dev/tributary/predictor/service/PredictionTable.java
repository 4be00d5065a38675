package dev.tributary.predictor.service;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Predictions: written before the run, closed by its outcome, once. */
final class PredictionTable {
  private PredictionTable() {}

  /**
   * A prediction as it was written.
   *
   * @param request what was asked, JSON
   * @param answer what was answered, JSON
   * @param cluster what the run was expected to have
   * @param runtime the predicted runtime on it, seconds
   */
  record Stored(
      String id,
      String job,
      String runId,
      Instant madeAt,
      int modelVersion,
      String request,
      String answer,
      Cluster cluster,
      Prediction runtime,
      Optional<Closing> closing) {}

  /**
   * What came of it.
   *
   * @param actual runtime, seconds
   * @param asPredicted whether the run had the cluster of the prediction
   */
  record Closing(Instant at, long runSeq, double actual, Outcome outcome, boolean asPredicted) {
    /** Whether error and coverage may be told from it. */
    boolean scores() {
      return outcome.isFinished() && asPredicted && actual > 0;
    }
  }

  /**
   * A prediction that {@link Closing#scores}, in what a model is judged by.
   *
   * @param closed its prediction has neither model nor reason
   */
  record Scored(long runSeq, Watch.Closed closed) {}

  static void add(Connection connection, Stored one) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO predictions (id, job, run_id, made_at, model_version, request, answer,"
                + " cluster, expected, lower, upper, confidence, known, model, reason)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, one.id());
      insert.setString(2, one.job());
      insert.setString(3, one.runId());
      insert.setString(4, RunJson.time(one.madeAt()));
      insert.setInt(5, one.modelVersion());
      insert.setString(6, one.request());
      insert.setString(7, one.answer());
      insert.setString(8, RunJson.of(one.cluster()).toString());
      insert.setDouble(9, one.runtime().expected());
      insert.setDouble(10, one.runtime().lower());
      insert.setDouble(11, one.runtime().upper());
      insert.setDouble(12, one.runtime().confidence());
      insert.setBoolean(13, one.runtime().known());
      insert.setString(14, one.runtime().model());
      insert.setString(15, one.runtime().reason());
      insert.executeUpdate();
    }
  }

  static void close(Connection connection, String id, Closing closing) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE predictions SET closed_at = ?, run_seq = ?, actual = ?, outcome = ?,"
                + " as_predicted = ? WHERE id = ? AND closed_at IS NULL")) {
      update.setString(1, RunJson.time(closing.at()));
      update.setLong(2, closing.runSeq());
      update.setDouble(3, closing.actual());
      update.setString(4, closing.outcome().name());
      update.setBoolean(5, closing.asPredicted());
      update.setString(6, id);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("prediction " + id + " was closed already");
      }
    }
  }

  static Optional<Stored> byId(Connection connection, String id) throws SQLException {
    return first(connection, "id = ?", id);
  }

  static Optional<Stored> byRun(Connection connection, String job, String runId)
      throws SQLException {
    return first(connection, "job = ? AND run_id = ?", job, runId);
  }

  private static Optional<Stored> first(Connection connection, String where, String... values)
      throws SQLException {
    return select(connection, where + " LIMIT 1", values).stream().findFirst();
  }

  /** The latest predictions of a job, open and closed, the oldest first. */
  static List<Stored> latest(Connection connection, String job, int most) throws SQLException {
    return select(
        connection,
        "id IN (SELECT id FROM predictions WHERE job = ? ORDER BY made_at DESC, id DESC LIMIT "
            + most
            + ") ORDER BY made_at, id",
        job);
  }

  /** The latest closed predictions of a job in the order in which they were closed. */
  static List<Stored> closed(Connection connection, String job, int most) throws SQLException {
    return select(
        connection,
        "id IN (SELECT id FROM predictions WHERE job = ? AND closed_at IS NOT NULL"
            + " ORDER BY run_seq DESC LIMIT "
            + most
            + ") ORDER BY run_seq",
        job);
  }

  /**
   * All scored predictions that a model made from a time on, in the order in which they were
   * closed. Reads nothing but an index, so a long history costs little.
   */
  static List<Scored> scored(Connection connection, String job, int modelVersion, Instant since)
      throws SQLException {
    List<Scored> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT run_seq, run_id, expected, lower, upper, confidence, known, actual"
                + " FROM predictions INDEXED BY predictions_scored"
                + " WHERE job = ? AND model_version = ? AND run_seq IS NOT NULL AND made_at >= ?"
                + " AND outcome = 'FINISHED' AND as_predicted AND actual > 0 ORDER BY run_seq")) {
      query.setString(1, job);
      query.setInt(2, modelVersion);
      query.setString(3, RunJson.time(since));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(scored(result));
        }
      }
    }
    return found;
  }

  private static Scored scored(ResultSet row) throws SQLException {
    Prediction runtime =
        new Prediction(
            row.getDouble("expected"),
            row.getDouble("lower"),
            row.getDouble("upper"),
            row.getDouble("confidence"),
            row.getBoolean("known"),
            "",
            "");
    return new Scored(
        row.getLong("run_seq"),
        new Watch.Closed(row.getString("run_id"), runtime, row.getDouble("actual")));
  }

  static List<Stored> open(Connection connection, String job, int most) throws SQLException {
    return select(
        connection, "job = ? AND closed_at IS NULL ORDER BY made_at, id LIMIT " + most, job);
  }

  /** Number of predictions of a job: open, and of those the ones made before {@code old}. */
  static long[] openAndOrphans(Connection connection, String job, Instant old) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*), coalesce(sum(made_at < ?), 0) FROM predictions"
                + " WHERE job = ? AND closed_at IS NULL")) {
      query.setString(1, RunJson.time(old));
      query.setString(2, job);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return new long[] {result.getLong(1), result.getLong(2)};
      }
    }
  }

  private static List<Stored> select(Connection connection, String where, String... values)
      throws SQLException {
    List<Stored> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM predictions WHERE " + where)) {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(stored(result));
        }
      }
    }
    return found;
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getString("id"),
        row.getString("job"),
        row.getString("run_id"),
        Instant.parse(row.getString("made_at")),
        row.getInt("model_version"),
        row.getString("request"),
        row.getString("answer"),
        RunJson.storedCluster(row.getString("cluster")),
        new Prediction(
            row.getDouble("expected"),
            row.getDouble("lower"),
            row.getDouble("upper"),
            row.getDouble("confidence"),
            row.getBoolean("known"),
            row.getString("model"),
            row.getString("reason")),
        closing(row));
  }

  private static Optional<Closing> closing(ResultSet row) throws SQLException {
    String at = row.getString("closed_at");
    return at == null
        ? Optional.empty()
        : Optional.of(
            new Closing(
                Instant.parse(at),
                row.getLong("run_seq"),
                row.getDouble("actual"),
                Outcome.valueOf(row.getString("outcome")),
                row.getBoolean("as_predicted")));
  }
}
