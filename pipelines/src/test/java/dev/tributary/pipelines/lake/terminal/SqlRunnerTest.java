package dev.tributary.pipelines.lake.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.lake.LakeFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlRunnerTest {
  /** Runs for minutes, in a call that a cancelled task's interrupt ends. */
  static final String SLOW =
      "SELECT id, java_method('java.lang.Thread', 'sleep', 100L) FROM range(0, 10000, 1, 2)";

  @TempDir static Path directory;
  private static LakeFixture shop;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @BeforeAll
  static void landSomeOrders() {
    shop = LakeFixture.shop(directory);
  }

  private SqlRunner runner(SqlOptions options) {
    return new SqlRunner(shop.spark(), options, stream(out), stream(notes));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  static void awaitTasks(SparkSession spark) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (spark.sparkContext().statusTracker().getActiveStageIds().length == 0) {
      assertThat(System.nanoTime()).as("deadline for a stage to start").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private int run(OutputFormat format, String script) {
    return runner(SqlOptions.of(format)).run(script);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String notes() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsATable() {
    assertThat(
            run(
                OutputFormat.TABLE,
                "SELECT message_id, event_time, total, note FROM silver.order_completed ORDER BY 1"))
        .isZero();
    assertThat(out())
        .isEqualTo(
            """
            ┌────────────┬─────────────────────┬────────┬──────┐
            │ message_id │ event_time          │  total │ note │
            ├────────────┼─────────────────────┼────────┼──────┤
            │ m1         │ 2026-01-05 10:00:00 │ 10.500 │ NULL │
            │ m2         │ 2026-01-06 11:00:00 │ 20.000 │ NULL │
            │ m3         │ 2026-02-01 12:00:00 │ 30.125 │ gift │
            └────────────┴─────────────────────┴────────┴──────┘
            (3 rows)
            """);
    assertThat(notes()).isEmpty();
  }

  @Test
  void printsCsvThatQuotesWhatNeedsIt() {
    run(OutputFormat.CSV, "SELECT 'a,\"b\"' x, NULL y, '' z, 1.50 n, date'2026-01-02' d");
    assertThat(out()).isEqualTo("x,y,z,n,d\n\"a,\"\"b\"\"\",,\"\",1.50,2026-01-02\n");
  }

  @Test
  void printsOneJsonObjectARow() {
    run(
        OutputFormat.JSON,
        "SELECT 1 a, 2 a, CAST(1e3 AS DECIMAL(10,2)) d, NULL n, timestamp'2026-01-02 03:04:05.5' t,"
            + " named_struct('k', array(1, NULL)) s, map('x', true) m, double('NaN') nan, X'CAFE' b");
    assertThat(out())
        .isEqualTo(
            "{\"a\":1,\"a_2\":2,\"d\":1000.00,\"n\":null,\"t\":\"2026-01-02T03:04:05.500Z\","
                + "\"s\":{\"k\":[1,null]},\"m\":{\"x\":true},\"nan\":\"NaN\",\"b\":\"cafe\"}\n");
  }

  @Test
  void limitsRowsAndSaysSo() {
    runner(SqlOptions.of(OutputFormat.TABLE).withMaxRows(2)).run("SELECT id FROM range(2000)");
    assertThat(out()).endsWith("(the first 2 rows; there are more)\n");
  }

  @Test
  void runsStatementsInTurnUntilOneFails() {
    int code = run(OutputFormat.JSON, "SELECT 1 n; SELECT 2 n;\nSELECT nope; SELECT 4 n");
    assertThat(code).isEqualTo(SqlRunner.FAILED);
    assertThat(out()).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
    assertThat(notes())
        .startsWith("error UNRESOLVED_COLUMN.WITHOUT_SUGGESTION (42703) at line 2, column 8: ")
        .endsWith("  SELECT nope\n         ^\n")
        .doesNotContain("Project", "\tat ");
  }

  @Test
  void saysWhereTheSyntaxIsWrong() {
    run(OutputFormat.TABLE, "SELECT 1;\n SELECT *\n FORM silver.activity");
    assertThat(notes())
        .startsWith("error PARSE_SYNTAX_ERROR (42601) at line 3, column 7: Syntax error at or near")
        .endsWith(" FORM silver.activity\n        ^\n");
  }

  @Test
  void namesNearTablesForAnUnknownOne() {
    run(OutputFormat.TABLE, "SELECT * FROM silver.activty");
    assertThat(notes())
        .startsWith("error TABLE_OR_VIEW_NOT_FOUND (42P01) at line 1, column 15: ")
        .contains("nearest in the lake", ": silver.activity,");
  }

  @Test
  void tellsARunTimeErrorInSparksWords() {
    run(OutputFormat.TABLE, "SELECT CAST(concat('x', id) AS INT) FROM range(3)");
    assertThat(notes()).startsWith("error CAST_INVALID_INPUT (22018)").doesNotContain("\tat ");
  }

  @Test
  void printsAPlanAsItsLines() {
    run(OutputFormat.TABLE, "EXPLAIN SELECT note FROM silver.order_completed WHERE items = 1");
    assertThat(out()).startsWith("== Physical Plan ==\n").doesNotContain("│", "\\n");
  }

  @Test
  void keepsStandardOutputForResults() {
    shop.write("ops.vacuumed", "SELECT 1 n");
    run(
        OutputFormat.JSON,
        "SET spark.tributary.x = 1; CREATE TABLE ops.made (n INT)  USING delta;"
            + "VACUUM ops.vacuumed");
    assertThat(out().lines()).allMatch(line -> line.startsWith("{"));
    assertThat(notes()).contains("done");
  }

  @Test
  void cancelsTheStatementThatRuns() throws Exception {
    SqlRunner runner = runner(SqlOptions.of(OutputFormat.TABLE));
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> runner.run(SLOW));
    awaitTasks(shop.spark());
    runner.cancel();
    assertThat(code.get(3, TimeUnit.MINUTES)).isEqualTo(SqlRunner.FAILED);
    assertThat(notes()).isEqualTo("cancelled\n");
  }
}
