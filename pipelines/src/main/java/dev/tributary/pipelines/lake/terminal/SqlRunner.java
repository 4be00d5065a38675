package dev.tributary.pipelines.lake.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Console$;
import scala.runtime.BoxedUnit;

/**
 * Runs SQL statements one after the other and writes their results; the first that fails ends the
 * script. It prints a failure in words and gives it back as an exit code.
 */
public final class SqlRunner {
  /** All statements ran. */
  public static final int OK = 0;

  /** A statement failed; what went before it has been done. */
  public static final int FAILED = 1;

  private final SparkSession spark;
  private final SqlOptions options;
  private final PrintStream out;
  private final PrintStream notes;
  private String group;
  private Thread running;
  private boolean cancelled;

  /**
   * @param out where results go
   * @param notes where errors and timing go
   */
  public SqlRunner(SparkSession spark, SqlOptions options, PrintStream out, PrintStream notes) {
    this.spark = Objects.requireNonNull(spark, "spark");
    this.options = Objects.requireNonNull(options, "options");
    this.out = Objects.requireNonNull(out, "out");
    this.notes = Objects.requireNonNull(notes, "notes");
  }

  /** Runs the statements of a script, which semicolons part; {@link #OK} or {@link #FAILED}. */
  public int run(String script) {
    List<Statement> statements = Statement.split(script);
    if (statements.isEmpty()) {
      notes.println(
          "error: there is no statement to run: write one, such as SHOW TABLES IN silver");
      return FAILED;
    }
    for (Statement statement : statements) {
      if (!run(statement)) {
        return FAILED;
      }
    }
    return OK;
  }

  /** Stops the statement that runs in another thread, where one does. */
  public synchronized void cancel() {
    if (running != null) {
      cancelled = true;
      spark.sparkContext().cancelJobGroupAndFutureJobs(group);
      running.interrupt(); // it may be planning, or waiting for a stage
    }
  }

  private boolean run(Statement statement) {
    long start = System.nanoTime();
    begin(statement);
    try {
      execute(statement);
      return true;
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      fail(statement, e);
      return false;
    } finally {
      end();
      out.flush();
      if (options.timing()) {
        notes.println(seconds(Duration.ofNanos(System.nanoTime() - start)));
      }
    }
  }

  private synchronized void begin(Statement statement) {
    group = "tributary-sql-" + UUID.randomUUID();
    running = Thread.currentThread();
    cancelled = false;
    spark.sparkContext().setJobGroup(group, describe(statement), true);
  }

  private synchronized void end() {
    running = null;
    spark.sparkContext().clearJobGroup();
    if (cancelled) {
      Thread.interrupted(); // ours, and done with
    }
  }

  private synchronized boolean wasCancelled() {
    return cancelled;
  }

  private void execute(Statement statement) {
    // Delta's VACUUM prints to Scala's console; standard output is for results.
    Console$.MODULE$.withOut(
        (java.io.OutputStream) notes,
        () -> {
          Dataset<Row> result = spark.sql(statement.text());
          if (result.columns().length == 0) {
            notes.println("done");
          } else {
            new ResultWriter(options, zone(), out).write(result);
          }
          return BoxedUnit.UNIT;
        });
  }

  private void fail(Statement statement, Exception failure) {
    out.flush();
    if (wasCancelled()) {
      notes.println("cancelled");
      return;
    }
    SqlFailure.of(failure, statement).lines(statement).forEach(notes::println);
  }

  private ZoneId zone() {
    return ZoneId.of(spark.conf().get("spark.sql.session.timeZone"));
  }

  private static String describe(Statement statement) {
    String line = statement.text().replaceAll("\\s+", " ");
    return line.length() <= 100 ? line : line.substring(0, 99) + "…";
  }

  private static String seconds(Duration taken) {
    return String.format(Locale.ROOT, "%.2f s", taken.toMillis() / 1000.0);
  }
}
