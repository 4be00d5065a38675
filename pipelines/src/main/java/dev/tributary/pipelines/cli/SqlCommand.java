package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.lake.terminal.OutputFormat;
import dev.tributary.pipelines.lake.terminal.SqlOptions;
import dev.tributary.pipelines.lake.terminal.SqlPrompt;
import dev.tributary.pipelines.lake.terminal.SqlRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tributary sql ["<statements>"]}. */
@Command(
    name = "sql",
    description = {
      "Run SQL on the lake, or open a prompt.",
      "Without statements: a prompt on a terminal, else the statements are read from standard input."
    },
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
  @ParentCommand private Tributary root;

  @Parameters(
      arity = "0..1",
      paramLabel = "<statements>",
      description = "SQL, with semicolons between statements")
  private String statements;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Run the statements of a file")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv or json (a row a line); default: ${DEFAULT-VALUE}")
  private String format;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Most rows to show, 0 for all; default: 1000 in a table, else all")
  private Integer rows;

  @Option(names = "--timing", description = "Show how long each statement took")
  private boolean timing;

  @Override
  public Integer call() throws IOException {
    SqlOptions options = options();
    boolean prompt = statements == null && file == null && Terminals.input();
    String script = prompt ? "" : script();
    try (SparkSession spark = root.open("tributary sql")) {
      return prompt
          ? SqlPrompt.start(spark, root.lake(), options)
          : new SqlRunner(spark, options, System.out, System.err).run(script);
    }
  }

  private SqlOptions options() throws IOException {
    try {
      SqlOptions options = SqlOptions.of(OutputFormat.parse(format)).withTiming(timing);
      return (rows == null ? options : options.withMaxRows(rows)).withWidth(Terminals.width());
    } catch (IllegalArgumentException e) {
      throw JobErrors.error(ExitCode.USAGE, e.getMessage(), null, "see 'tributary sql --help'", e);
    }
  }

  private String script() throws IOException {
    if (statements != null && file != null) {
      throw JobErrors.usage("Statements and a file are given", null, "give one of them");
    }
    if (statements != null) {
      return statements;
    }
    if (file == null) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!Files.isReadable(file)) {
      throw JobErrors.usage(
          "The file '" + file + "' cannot be read", null, "give --file a file that can");
    }
    return Files.readString(file);
  }
}
