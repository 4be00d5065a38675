package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.Job;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a command line as the program does, in this process, and keeps what it printed. */
public final class InProcessCommand {
  private InProcessCommand() {}

  /**
   * How a command ended.
   *
   * @param code the exit code
   * @param out what went to stdout
   * @param err what went to stderr
   */
  public record Ended(int code, String out, String err) {}

  /** Runs {@code tributary} without any job. */
  public static Ended run(String... arguments) {
    return run(List.of(), arguments);
  }

  /** Runs {@code tributary}. */
  public static Ended run(List<Job<?>> jobs, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = Tributary.execute(jobs, arguments);
      return new Ended(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
