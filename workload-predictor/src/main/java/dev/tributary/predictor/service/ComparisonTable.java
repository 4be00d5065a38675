package dev.tributary.predictor.service;

import dev.tributary.predictor.online.Promotion.Trial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Champion and challenger side by side on runs that came after the challenger. */
final class ComparisonTable {
  private ComparisonTable() {}

  /** Two versions on one run. */
  record Comparison(int champion, int challenger, Trial trial) {}

  static void add(Connection connection, String job, long runSeq, Comparison one)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO comparisons VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, job);
      insert.setInt(2, one.challenger());
      insert.setLong(3, runSeq);
      insert.setInt(4, one.champion());
      insert.setDouble(5, one.trial().championError());
      insert.setDouble(6, one.trial().challengerError());
      insert.executeUpdate();
    }
  }

  /** Those of a challenger against the champion of now, in order. */
  static List<Trial> of(Connection connection, String job, int champion, int challenger)
      throws SQLException {
    List<Trial> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT champion_error, challenger_error FROM comparisons"
                + " WHERE job = ? AND challenger = ? AND champion = ? ORDER BY run_seq")) {
      query.setString(1, job);
      query.setInt(2, challenger);
      query.setInt(3, champion);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(new Trial(result.getDouble(1), result.getDouble(2)));
        }
      }
    }
    return found;
  }
}
