package dev.tributary.predictor.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Champion and challenger side by side on runs that came after the challenger. */
final class ComparisonTable {
  private ComparisonTable() {}

  /**
   * Both on one run.
   *
   * @param championError absolute log error of the champion, 0 upwards
   * @param challengerError the same of the challenger
   */
  record Comparison(
      long runSeq, int champion, int challenger, double championError, double challengerError) {}

  static void add(Connection connection, String job, Comparison one) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO comparisons VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, job);
      insert.setInt(2, one.challenger());
      insert.setLong(3, one.runSeq());
      insert.setInt(4, one.champion());
      insert.setDouble(5, one.championError());
      insert.setDouble(6, one.challengerError());
      insert.executeUpdate();
    }
  }

  /** Those of a challenger against the champion of now, in order. */
  static List<Comparison> of(Connection connection, String job, int champion, int challenger)
      throws SQLException {
    List<Comparison> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT run_seq, champion_error, challenger_error FROM comparisons"
                + " WHERE job = ? AND challenger = ? AND champion = ? ORDER BY run_seq")) {
      query.setString(1, job);
      query.setInt(2, challenger);
      query.setInt(3, champion);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(
              new Comparison(
                  result.getLong(1),
                  champion,
                  challenger,
                  result.getDouble(2),
                  result.getDouble(3)));
        }
      }
    }
    return found;
  }
}
