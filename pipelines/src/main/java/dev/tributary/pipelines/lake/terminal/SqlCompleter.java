package dev.tributary.pipelines.lake.terminal;

import dev.tributary.pipelines.lake.TableName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes namespaces, tables, the columns of the tables that the statement names, keywords. */
final class SqlCompleter implements Completer {
  private static final Pattern NAME =
      Pattern.compile("`?[\\p{L}\\p{N}_-]+`?\\.`?[\\p{L}\\p{N}_.-]+`?");
  private static final List<String> KEYWORDS =
      List.of(
          ("SELECT FROM WHERE GROUP BY ORDER HAVING LIMIT JOIN LEFT RIGHT FULL INNER CROSS ON USING"
                  + " UNION ALL EXCEPT INTERSECT DISTINCT AS AND OR NOT IN IS NULL LIKE BETWEEN"
                  + " EXISTS CASE WHEN THEN ELSE END CAST WITH VALUES INSERT INTO UPDATE SET DELETE"
                  + " MERGE MATCHED CREATE OR REPLACE TABLE VIEW TEMPORARY DROP ALTER SHOW TABLES"
                  + " NAMESPACES COLUMNS DESCRIBE EXTENDED HISTORY DETAIL OPTIMIZE VACUUM EXPLAIN"
                  + " VERSION TIMESTAMP OF USE INTERVAL DATE OVER PARTITION ASC DESC NULLS FIRST"
                  + " LAST count sum avg min max count_if approx_count_distinct date_trunc to_date"
                  + " coalesce get_json_object table_changes")
              .split(" "));
  private static final List<String> COMMANDS = List.of("\\d", "\\h", "\\timing", "\\q");

  private final Catalogue catalogue;

  SqlCompleter(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word();
    if (word.startsWith("\\") && line.wordIndex() == 0) {
      COMMANDS.forEach(command -> add(candidates, command, "commands", true));
      return;
    }
    try {
      names(line, word, candidates);
    } catch (RuntimeException unreadable) {
      // A lake or table that cannot be read now is no reason to lose the line being typed.
      candidates.clear();
    }
    KEYWORDS.forEach(keyword -> add(candidates, inCaseOf(word, keyword), "keywords", true));
  }

  private void names(ParsedLine line, String word, List<Candidate> candidates) {
    boolean inName = word.contains(".");
    for (TableName name : catalogue.names()) {
      if (inName) {
        add(candidates, name.toString(), "tables", true);
      }
    }
    if (!inName) {
      catalogue.namespaces().forEach(it -> add(candidates, it + ".", "namespaces", false));
    }
    Matcher matcher = NAME.matcher(line.line());
    while (matcher.find()) {
      catalogue
          .find(matcher.group())
          .ifPresent(
              table ->
                  catalogue
                      .columns(table)
                      .forEach(column -> add(candidates, column, table.toString(), true)));
    }
  }

  private static String inCaseOf(String word, String keyword) {
    boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    return lower ? keyword.toLowerCase(Locale.ROOT) : keyword;
  }

  private static void add(
      List<Candidate> candidates, String value, String group, boolean complete) {
    candidates.add(new Candidate(value, value, group, null, null, null, complete));
  }
}
