package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** The predictor without the rest of Tributary. */
public final class Main {
  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] arguments) {
    CommandLine line =
        line(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(line.execute(withoutOwnName(arguments)));
  }

  /** The command line with its exit codes and messages. */
  static CommandLine line(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new PredictorCommand());
    line.setUsageHelpAutoWidth(true);
    line.setOut(out);
    line.setErr(err);
    line.setExecutionStrategy(Main::run);
    line.setExecutionExceptionHandler(Main::fail);
    return line;
  }

  /** Where help is asked for, picocli lets pass what it does not know. */
  private static int run(CommandLine.ParseResult line) {
    for (CommandLine.ParseResult part = line; part != null; part = part.subcommand()) {
      if (!part.unmatched().isEmpty()) {
        throw new CommandLine.UnmatchedArgumentException(
            part.commandSpec().commandLine(), part.unmatched());
      }
    }
    return new CommandLine.RunLast().execute(line);
  }

  /** {@code predictor serve} is {@code serve}, so that a line for {@code tributary} works here. */
  private static String[] withoutOwnName(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals("predictor")
        ? Arrays.copyOfRange(arguments, 1, arguments.length)
        : arguments;
  }

  private static int fail(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (error instanceof PredictorException known) {
      err.println("error: " + known.getMessage());
      return known.kind().exitCode();
    }
    error.printStackTrace(err);
    return PredictorException.Kind.FAILED.exitCode();
  }
}
