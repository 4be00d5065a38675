package dev.tributary.pipelines.lake.terminal;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import scala.Option;

/**
 * What went wrong with a statement, for people: no stack trace, no query plan.
 *
 * @param condition Spark's error condition, such as {@code TABLE_OR_VIEW_NOT_FOUND}; may be null
 * @param sqlState SQLSTATE; may be null
 * @param message problem, cause and fix
 * @param line in the script, from 1; 0 where unknown
 * @param column in that line, from 1; 0 where unknown
 */
record SqlFailure(String condition, String sqlState, String message, int line, int column) {

  static SqlFailure of(Throwable thrown, Statement statement) {
    Throwable cause = telling(thrown);
    String condition = cause instanceof SparkThrowable spark ? spark.getCondition() : null;
    String state = cause instanceof SparkThrowable spark ? spark.getSqlState() : null;
    int[] place = place(cause);
    int line = place[0] == 0 ? 0 : statement.line() + place[0] - 1;
    return new SqlFailure(condition, state, message(cause, condition, state), line, place[1]);
  }

  /** The deepest cause that Spark has words for, else the deepest. */
  private static Throwable telling(Throwable thrown) {
    Throwable best = null;
    Throwable last = thrown;
    for (Throwable at = thrown; at != null && at != at.getCause(); at = at.getCause()) {
      last = at;
      if (at instanceof SparkThrowable spark && spark.getCondition() != null) {
        best = at;
      }
    }
    return best == null ? last : best;
  }

  private static int[] place(Throwable cause) {
    if (cause instanceof AnalysisException analysis && analysis.line().isDefined()) {
      return new int[] {number(analysis.line(), 0), number(analysis.startPosition(), 0) + 1};
    }
    return new int[] {0, 0};
  }

  private static int number(Option<Object> option, int otherwise) {
    return option.isDefined() && option.get() instanceof Integer number ? number : otherwise;
  }

  private static String message(Throwable cause, String condition, String state) {
    String text =
        cause instanceof AnalysisException analysis
            ? analysis.getSimpleMessage()
            : String.valueOf(cause.getMessage());
    int sql = text.indexOf("== SQL");
    text = sql > 0 ? text.substring(0, sql) : text;
    text = text.replaceFirst(";? ?\\(?line \\d+,? pos \\d+\\)?;?\\s*$", "");
    text = state == null ? text : text.replaceFirst("\\s*SQLSTATE: " + state + "\\s*$", "");
    text = condition == null ? text : text.replaceFirst("^\\s*\\[[A-Z0-9_.]+\\]\\s*", "");
    if ("TABLE_OR_VIEW_NOT_FOUND".equals(condition)) {
      text = text.lines().findFirst().orElse(text);
    }
    if (condition == null && !(cause instanceof IllegalArgumentException) && isBare(cause)) {
      text = cause.getClass().getSimpleName() + ": " + text;
    }
    return text.strip();
  }

  /** An exception of Java's own, whose message alone says little. */
  private static boolean isBare(Throwable cause) {
    return cause.getClass().getName().startsWith("java.");
  }

  /** The lines to show, the statement's own line and a caret under the place among them. */
  List<String> lines(Statement statement) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("error");
    if (condition != null) {
      head.append(' ').append(condition);
    }
    if (sqlState != null) {
      head.append(" (").append(sqlState).append(')');
    }
    if (line > 0) {
      head.append(" at line ").append(line).append(", column ").append(column);
    }
    lines.add(head + ": " + message);
    String[] source = statement.text().split("\n", -1);
    int index = line - statement.line();
    if (line > 0 && index >= 0 && index < source.length) {
      lines.add("  " + source[index]);
      lines.add("  " + " ".repeat(Math.min(column - 1, source[index].length())) + "^");
    }
    return lines;
  }
}
