package dev.tributary.predictor.eventlog;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a log tells: {@code <application>[_<attempt>][.<codec>][.inprogress]}, where
 * rolling logs add a directory {@code eventlog_v2_…}. Used where the log itself does not tell.
 *
 * @param application the application id, or the whole name where it has another form
 * @param attempt the attempt of the cluster manager
 * @param inProgress whether the application had not ended when the name was given
 */
public record LogName(String application, Optional<String> attempt, boolean inProgress) {
  static final String ROLLING = "eventlog_v2_";

  private static final String IN_PROGRESS = ".inprogress";
  private static final Pattern SUFFIXES =
      Pattern.compile("(\\.(zstd|zst|lz4|lzf|snappy|gz|zip|compact|json|txt|log))+$");
  private static final Pattern EVENTS = Pattern.compile("^events_\\d+_");
  private static final Pattern KNOWN =
      Pattern.compile(
          "^(application_\\d+_\\d+|local-\\d+|app-\\d+-\\d+|spark-[0-9a-f]{32})(?:_(\\w+))?$");

  /** Checks that nothing is missing. */
  public LogName {
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(attempt, "attempt");
  }

  /** Reads the name of a file, or of the directory of a rolling log. */
  static LogName of(String name) {
    boolean inProgress = name.endsWith(IN_PROGRESS);
    String bare = inProgress ? name.substring(0, name.length() - IN_PROGRESS.length()) : name;
    bare = SUFFIXES.matcher(bare).replaceFirst("");
    bare = EVENTS.matcher(bare).replaceFirst("");
    bare = bare.startsWith(ROLLING) ? bare.substring(ROLLING.length()) : bare;
    Matcher known = KNOWN.matcher(bare);
    return known.matches()
        ? new LogName(known.group(1), Optional.ofNullable(known.group(2)), inProgress)
        : new LogName(bare, Optional.empty(), inProgress);
  }

  LogName inProgress(boolean running) {
    return new LogName(application, attempt, running);
  }
}
