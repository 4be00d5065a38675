package dev.tributary.pipelines.job;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * What surrounds a run.
 *
 * @param lake the lake's path or URI
 * @param sessions opens the Spark session
 * @param environment environment variables ({@code OPENLINEAGE_*})
 * @param out gets the closing JSON line and nothing else
 * @param err gets everything a person reads
 * @param terminal whether {@code err} is a terminal
 * @param debug whether stack traces are shown
 */
public record RunSetting(
    String lake,
    SessionFactory sessions,
    Map<String, String> environment,
    Clock clock,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    boolean debug) {
  public RunSetting {
    Objects.requireNonNull(lake, "lake");
    Objects.requireNonNull(sessions, "sessions");
    environment = Map.copyOf(environment);
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
  }

  /** The setting of this process. */
  public static RunSetting ofProcess(
      String lake, SessionFactory sessions, boolean terminal, boolean debug) {
    return new RunSetting(
        lake,
        sessions,
        System.getenv(),
        Clock.systemUTC(),
        System.out,
        System.err,
        terminal,
        debug);
  }
}
