package dev.tributary.predictor.feature;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which recurring job an application is a run of: its name without what changes from run to run
 * (dates, ids, free-standing numbers), and its main class or script. Where the name is only that of
 * a shell or a server, what its queries do takes its place.
 */
final class JobIdentity {
  private static final String HOLE = "*";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<![0-9])(19|20)\\d{2}[-_/.]?[01]\\d[-_/.]?[0-3]\\d"
              + "([-_t. :]*[0-2]\\d([-_: ]?[0-5]\\d([-_: ]?[0-5]\\d([.,]\\d+)?)?)?z?)?(?![0-9])");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("(?<![a-z0-9])(?=[a-f]*[0-9])[0-9a-f]{8,}(?![a-z0-9])");
  private static final Pattern NUMBER = Pattern.compile("(?<![a-z0-9])\\d+(?![a-z0-9])|\\d{6,}");
  private static final Pattern HOLES = Pattern.compile("\\*([-_:./ ]*\\*)+");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern GENERIC =
      Pattern.compile(
          "|\\*|spark shell|pysparkshell|spark-shell|sparkr|databricks shell|spark-sql"
              + "|sparksql::.*|thrift jdbc/odbc server|spark connect server|livy-session.*"
              + "|.*zeppelin.*|jupyter.*");
  private static final Pattern CLASS = Pattern.compile("--class\\s+(\\S+)");
  private static final Pattern SCRIPT =
      Pattern.compile("(?:^|[\\s/])([^\\s/]+\\.(?:py|R|r))(?=\\s|$)");
  private static final Set<String> RUNNERS =
      Set.of(
          "org.apache.spark.deploy.PythonRunner",
          "org.apache.spark.deploy.RRunner",
          "org.apache.spark.repl.Main",
          "org.apache.spark.api.python.Py4JServer");

  private JobIdentity() {}

  /** The identity; never empty. */
  static String of(String name, String command, Optional<String> planSignature) {
    String template = template(name);
    Optional<String> program = program(command);
    if (program.isPresent()) {
      return (template.isEmpty() ? HOLE : template) + "@" + program.get();
    }
    if (GENERIC.matcher(template).matches() && planSignature.isPresent()) {
      return (template.isEmpty() ? HOLE : template) + "#" + planSignature.get();
    }
    return template.isEmpty() ? "unnamed" : template;
  }

  /** A name without what changes from run to run. */
  static String template(String name) {
    String text = name == null ? "" : name.toLowerCase(Locale.ROOT).strip();
    text = UUID.matcher(text).replaceAll(HOLE);
    text = DATE.matcher(text).replaceAll(HOLE);
    text = HEXADECIMAL.matcher(text).replaceAll(HOLE);
    text = NUMBER.matcher(text).replaceAll(HOLE);
    text = HOLES.matcher(text).replaceAll(HOLE);
    return SPACE.matcher(text).replaceAll(" ");
  }

  /** The main class or script of a driver's command line. */
  static Optional<String> program(String command) {
    if (command == null) {
      return Optional.empty();
    }
    Matcher script = SCRIPT.matcher(command);
    if (script.find()) {
      return Optional.of(script.group(1));
    }
    Matcher main = CLASS.matcher(command);
    if (main.find()) {
      return RUNNERS.contains(main.group(1)) ? Optional.empty() : Optional.of(main.group(1));
    }
    return Optional.empty();
  }
}
