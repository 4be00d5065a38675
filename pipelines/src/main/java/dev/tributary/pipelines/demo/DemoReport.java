package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.lake.terminal.SqlRunner;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What a demo found: told to a person as it comes, and kept for a machine. */
final class DemoReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DemoScreen screen;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Map<String, Object>> answers = new ArrayList<>();

  private int asked;

  DemoReport(DemoScreen screen) {
    this.screen = screen;
  }

  /** A fact for machines. */
  void fact(String name, Object value) {
    facts.put(name, value);
  }

  /** A line for a person. */
  void line(String text) {
    screen.line(text);
  }

  void heading(String text) {
    screen.line("");
    screen.line(text);
  }

  void check(Check check) {
    checks.add(check);
    screen.line(check.line());
  }

  /** Asks one of the demo's numbered questions. */
  void answer(SparkSession spark, Question question) {
    show(spark, new Question(++asked + ". " + question.words(), question.sql()));
  }

  /** Asks the question and shows its SQL and its answer. */
  void show(SparkSession spark, Question question) {
    heading(question.words());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("question", question.words());
    answer.put("sql", question.sql());
    if (screen.isShown()) {
      question.sql().lines().forEach(sql -> screen.line("   " + sql));
      SqlRunner runner =
          new SqlRunner(spark, screen.sqlOptions(), screen.stream(), screen.stream());
      if (runner.run(question.sql()) != SqlRunner.OK) {
        throw new IllegalStateException("the demo asks what the lake cannot answer: " + question);
      }
    } else {
      answer.put("rows", rows(spark, question.sql()));
    }
    answers.add(answer);
  }

  /** Whether every figure is the truth's. */
  boolean holds() {
    return checks.stream().allMatch(Check::holds);
  }

  /** Everything, as it goes into JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(facts);
    map.put("checks", checks.stream().map(DemoReport::toMap).toList());
    map.put("answers", List.copyOf(answers));
    map.put("holds", holds());
    return map;
  }

  private static Map<String, Object> toMap(Check check) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("what", check.what());
    map.put("expected", check.expected());
    map.put("found", check.found());
    map.put("holds", check.holds());
    return map;
  }

  private static List<JsonNode> rows(SparkSession spark, String sql) {
    List<JsonNode> rows = new ArrayList<>();
    try {
      for (String row : spark.sql(sql).toJSON().collectAsList()) {
        rows.add(JSON.readTree(row));
      }
      return rows;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
