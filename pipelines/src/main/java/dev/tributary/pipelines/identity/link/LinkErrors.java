package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.matching.MatchingException;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.schemas.yaml.YamlException;
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

  static JobException otherThanItself(Path file, long number, String id) {
    return failed(
        "'%s', record %d: '%s' is said not to match itself".formatted(file, number, id),
        "take the row out, or name the other record",
        null);
  }

  static JobException contradictory(Path file, long number, String left, String right) {
    return failed(
        "'%s', record %d: '%s' and '%s' match in one row and do not in another"
            .formatted(file, number, left, right),
        "decide for one of them",
        null);
  }

  static JobException noParquet(Path directory, Exception cause) {
    return failed(
        "'" + directory + "' holds no Parquet files that can be read",
        "name CSV files one by one (DIR/*.csv), Parquet files, or a directory of Parquet",
        cause);
  }

  /** A configuration that is not what it should be. */
  public static JobException badConfig(YamlException cause) {
    return JobErrors.error(
        ExitCode.USAGE, "The configuration cannot be used", cause.getMessage(), null, cause);
  }

  static JobException badMatch(Path file, long number, String value) {
    return failed(
        "'%s', record %d: '%s' does not say whether the pair matches"
            .formatted(file, number, value),
        "write 1 or true, 0 or false in the third column",
        null);
  }
}
