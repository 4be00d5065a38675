package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.matching.MatchingException;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import java.nio.file.Path;
import java.util.List;

/** The errors of this package: problem, cause, fix. */
public final class LinkErrors {
  private LinkErrors() {}

  private static JobException failed(String problem, String fix, Throwable cause) {
    return JobErrors.error(ExitCode.USAGE, problem, null, fix, cause);
  }

  /** Records or a configuration that cannot be used. */
  public static JobException unusable(MatchingException cause) {
    return failed(cause.problem(), cause.fix(), cause);
  }

  static JobException unwritable(Path file, Exception cause) {
    return failed(
        "'" + file + "' cannot be written: " + cause.getMessage(), "name another --output", cause);
  }

  static JobException noColumn(Path file, String column, List<String> columns) {
    return failed(
        "'" + file + "' has no column '" + column + "'",
        "take one of " + String.join(", ", columns),
        null);
  }

  static JobException noId(Path file, String column, long number) {
    return failed(
        "'%s', record %d: '%s' is empty".formatted(file, number, column),
        "name another column under 'id'",
        null);
  }

  static JobException sameSource(String name) {
    return failed(
        "Two inputs have the name '" + name + "', with which record ids begin",
        "rename a file",
        null);
  }

  static JobException badTruth(Path file) {
    return failed(
        "'" + file + "' is no truth",
        "give a CSV file with the columns record_id and cluster_id, or with --pairs one whose first"
            + " two columns are ids",
        null);
  }

  static JobException badLabels(Path file) {
    return failed(
        "'" + file + "' has no pairs",
        "give a CSV file with a header, two columns of record ids, and a third of 1 and 0 if not all"
            + " match",
        null);
  }

  static JobException unknownRecord(Path file, long number, String id) {
    return failed(
        "'%s', record %d: no record has the id '%s'".formatted(file, number, id),
        "write ids as in assignments.csv; with several inputs they begin with the file's name and"
            + " ':'",
        null);
  }

  static JobException badMatch(Path file, long number, String value) {
    return failed(
        "'%s', record %d: '%s' does not say whether the pair matches"
            .formatted(file, number, value),
        "write 1 or true, 0 or false in the third column",
        null);
  }
}
