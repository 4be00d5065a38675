package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.Failure;
import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.Nearest;
import dev.tributary.pipelines.job.RunSetting;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code tributary}: the options that all commands share, and how every command fails.
 *
 * <p>Standard output carries results only; everything for a person goes to standard error.
 */
@Command(
    name = "tributary",
    description = "A customer data platform that lives in its owner's own lakehouse.",
    versionProvider = VersionLines.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<command>",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong command line or configuration,",
      "3 a data-quality expectation failed, 4 a dependency cannot be reached."
    })
public final class Tributary implements Runnable {
  private final List<Job<?>> jobs;

  @Spec private CommandSpec spec;

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:TRIBUTARY_LAKE:-.tributary/lake}",
      description =
          "The lake: a directory or a URI. Default: $TRIBUTARY_LAKE, else .tributary/lake")
  private String lake;

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces")
  private boolean debug;

  Tributary(List<Job<?>> jobs) {
    this.jobs = List.copyOf(jobs);
  }

  /**
   * Runs one command line.
   *
   * @param jobs the jobs that {@code run} knows
   * @return the exit code
   */
  public static int execute(List<Job<?>> jobs, String... arguments) {
    LakeSession.useUtc();
    CommandLine line = new CommandLine(new Tributary(jobs));
    Commands.all().forEach(line::addSubcommand);
    line.setExpandAtFiles(false);
    line.setUsageHelpAutoWidth(true);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(Tributary::explain);
    line.setExecutionStrategy(Tributary::run);
    line.setExecutionExceptionHandler(Tributary::fail);
    return line.execute(arguments);
  }

  /**
   * Ends the process with the code. On Databricks, where the driver is shared and an exit would
   * take it down, returns for 0 and throws for anything else.
   */
  public static void exit(int code) {
    if (System.getenv("DATABRICKS_RUNTIME_VERSION") == null) {
      System.exit(code);
    }
    if (code != 0) {
      throw new IllegalStateException("tributary ended with exit code " + code);
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  List<Job<?>> jobs() {
    return jobs;
  }

  Lake lake() {
    return Lake.at(lake);
  }

  /** The lake, where the user named one. */
  Optional<Lake> givenLake() {
    boolean named = System.getenv("TRIBUTARY_LAKE") != null;
    for (ParseResult result = spec.commandLine().getParseResult(); result != null; ) {
      named |= result.hasMatchedOption("--lake");
      result = result.subcommand();
    }
    return named ? Optional.of(lake()) : Optional.empty();
  }

  /** A Spark session on the lake, for a command that is no job. */
  SparkSession open(String application) {
    return LakeSession.on(lake()).named(application).open();
  }

  RunSetting runSetting() {
    return RunSetting.ofProcess(lake().toString(), Tributary::open, Terminals.error(), debug);
  }

  private static SparkSession open(String lake, String application, Map<String, String> settings) {
    return new LakeSession(Lake.at(lake), application, settings).open();
  }

  /** Where help is asked for, picocli lets pass what it does not know. */
  private static int run(ParseResult line) {
    for (ParseResult part = line; part != null; part = part.subcommand()) {
      if (!part.unmatched().isEmpty()) {
        throw new UnmatchedArgumentException(part.commandSpec().commandLine(), part.unmatched());
      }
    }
    try {
      return new CommandLine.RunLast().execute(line);
    } catch (OutOfMemoryError full) {
      List<CommandLine> parts = line.asCommandLineList();
      throw new CommandLine.ExecutionException(parts.get(parts.size() - 1), "out of memory", full);
    }
  }

  private static int explain(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + error.getMessage() + suggestion(error));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static String suggestion(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec spec = error.getCommandLine().getCommandSpec();
    Set<String> known = new TreeSet<>(spec.subcommands().keySet());
    known.addAll(spec.optionsMap().keySet());
    return Nearest.to(unmatched.getUnmatched().get(0), known)
        .map(near -> ". Did you mean '" + near + "'?")
        .orElse("");
  }

  private static int fail(Exception error, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    Failure failure = Failure.of(error, "'" + name + "'");
    PrintWriter err = command.getErr();
    err.println("error: " + failure.paragraph());
    Tributary root = (Tributary) command.getCommandSpec().root().userObject();
    if (root.debug) {
      error.printStackTrace(err);
    } else if (!failure.recognised()) {
      err.println("The stack trace is shown by --debug.");
    }
    err.flush();
    return failure.exitCode().code();
  }
}
