package dev.tributary.pipelines.lake.terminal;

import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The SQL prompt: history, completion with Tab, statements over several lines until a semicolon.
 * Ctrl-C drops the line being typed or cancels the statement that runs; Ctrl-D leaves.
 */
public final class SqlPrompt {
  private static final String PROMPT = "tributary> ";
  private static final String MORE = "        -> ";
  private static final String HELP =
      """
      End a statement with a semicolon; it may span lines. Tab completes names and keywords.
        \\d             tables and views of the lake
        \\d <name>      columns of a table or view
        \\timing        show or hide how long each statement took
        \\h             this help
        \\q             leave (as does Ctrl-D)
      Ctrl-C drops the line, or cancels the statement that runs. Some to start with:
        SHOW TABLES IN silver;
        SELECT event, count(*) FROM silver.activity GROUP BY event ORDER BY 2 DESC;
        SELECT * FROM silver.activity VERSION AS OF 0 LIMIT 5;
        DESCRIBE HISTORY silver.activity;\
      """;

  private final SparkSession spark;
  private final Terminal terminal;
  private final PrintStream out;
  private final Catalogue catalogue;
  private final LineReader reader;
  private SqlOptions options;
  private volatile SqlRunner running;

  /**
   * @param options how results are shown; their width is the terminal's at each statement
   * @param terminal to read from and write to; closed by the caller
   * @param history where statements are remembered
   */
  public SqlPrompt(
      SparkSession spark, Lake lake, SqlOptions options, Terminal terminal, Path history) {
    this.spark = spark;
    this.options = options;
    this.terminal = terminal;
    this.out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
    this.catalogue = new Catalogue(spark, lake);
    this.reader = reader(history);
  }

  /** Runs the prompt on the terminal of this process until the user leaves; the exit code. */
  public static int start(SparkSession spark, Lake lake, SqlOptions options) throws IOException {
    Path history = HistoryFile.of(System.getenv(), System.getProperty("user.home"));
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      return new SqlPrompt(spark, lake, options.withTiming(true), terminal, history).run();
    }
  }

  private LineReader reader(Path history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("tributary")
            .parser(new SqlLineParser())
            .completer(new SqlCompleter(catalogue))
            .history(new DefaultHistory())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
    try {
      HistoryFile.secure(history);
      builder.variable(LineReader.HISTORY_FILE, history);
    } catch (IOException e) {
      out.println(
          "history is not kept: " + history + " cannot be written (" + e.getMessage() + ")");
    }
    return builder.build();
  }

  /** Reads and runs until the user leaves; the exit code, always {@link SqlRunner#OK}. */
  public int run() {
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> cancel());
    try {
      out.println("SQL over the lake; \\h for help, \\q or Ctrl-D to leave.");
      while (step()) {
        catalogue.refresh();
      }
      return SqlRunner.OK;
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  private void cancel() {
    SqlRunner runner = running;
    if (runner != null) {
      runner.cancel();
    }
  }

  private boolean step() {
    String line;
    try {
      line = reader.readLine(PROMPT);
    } catch (UserInterruptException dropped) {
      return true;
    } catch (EndOfFileException left) {
      return false;
    }
    if (line.isBlank()) {
      return true;
    }
    if (SqlLineParser.isCommand(line)) {
      return command(line.strip().replaceAll("\\s*;$", ""));
    }
    execute(line);
    return true;
  }

  private void execute(String script) {
    SqlRunner runner = new SqlRunner(spark, options.withWidth(terminal.getWidth()), out, out);
    running = runner;
    try {
      runner.run(script);
    } finally {
      running = null;
    }
  }

  private boolean command(String line) {
    String[] words = line.split("\\s+", 2);
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "\\q", "quit", "exit" -> {
        return false;
      }
      case "\\h", "\\?", "help" -> out.println(HELP);
      case "\\timing" -> {
        options = options.withTiming(!options.timing());
        out.println("timing is " + (options.timing() ? "on" : "off"));
      }
      case "\\d" -> describe(words.length > 1 ? words[1].strip() : "");
      default -> out.println("unknown command " + words[0] + ": \\h lists the commands");
    }
    return true;
  }

  private void describe(String name) {
    if (!name.isEmpty()) {
      Optional<TableName> known = catalogue.find(name);
      execute("DESCRIBE TABLE " + known.map(TableName::quoted).orElse(name));
      return;
    }
    TextTable table = new TextTable(java.util.List.of("namespace", "name", "kind"), new boolean[3]);
    for (TableName known : catalogue.names()) {
      String kind = catalogue.isTable(known) ? "table" : "view";
      table.add(java.util.List.of(known.namespace(), known.table(), kind));
    }
    table.lines(terminal.getWidth()).forEach(out::println);
  }
}
