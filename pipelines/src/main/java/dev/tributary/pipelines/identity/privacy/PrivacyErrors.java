package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;

/** Every error of private linkage: problem, cause, fix, and the values; never a secret. */
final class PrivacyErrors {
  private PrivacyErrors() {}

  static JobException keyExists(Path file) {
    return JobErrors.usage(
        "The key file " + file + " exists already",
        "A key is never replaced: what it encoded could no longer be linked",
        "name another --output, or delete the file if nothing was encoded with it");
  }

  static JobException notAKey(Path file) {
    return JobErrors.usage(
        file + " is not a linkage key",
        "It must be one line, 'tributary-linkage-key-1:' and 32 bytes in base64",
        "make one with 'tributary identity keygen --output FILE', or copy the partner's again");
  }

  static JobException keyIsOpen(Path file, String mode) {
    return JobErrors.usage(
        "The key file " + file + " can be read by others (mode " + mode + ")",
        "Who has the key can find out every encoded value",
        "chmod 600 " + file + ", or make a new key if others did read it");
  }

  static JobException unreadable(Path file, IOException cause) {
    boolean missing = cause instanceof NoSuchFileException;
    return JobErrors.error(
        missing ? ExitCode.USAGE : ExitCode.FAILED,
        file + (missing ? " does not exist" : " cannot be read"),
        missing ? null : cause.toString(),
        "check the path and the permissions",
        cause);
  }

  static JobException unwritable(Path file, IOException cause) {
    return JobErrors.failed(
        file + " cannot be written",
        cause.toString(),
        "check the path, the permissions and the free space",
        cause);
  }

  static JobException notUtf8(Path file) {
    return JobErrors.usage(
        file + " is not UTF-8 text", null, "convert it, for example with iconv -t UTF-8");
  }

  static JobException badConfig(String origin, String problem, String fix) {
    return JobErrors.usage(origin + ": " + problem, null, fix);
  }

  static JobException unknownColumn(String column, Path file, Collection<String> known) {
    return JobErrors.usage(
        "The configuration names the column '" + column + "', which " + file + " has not",
        null,
        "its columns are " + String.join(", ", known));
  }

  static JobException noColumn(String column, Path file, Collection<String> known) {
    return JobErrors.usage(
        file + " has no column '" + column + "'",
        null,
        "its columns are " + String.join(", ", known));
  }

  static JobException nothingToCompare(Path file, String why) {
    return JobErrors.usage(
        file + " has nothing that could be compared",
        why,
        "add columns that describe a person, or name their kinds in --config");
  }

  static JobException duplicateId(Path file, String column, String id) {
    return JobErrors.usage(
        file + ": two records have the id '" + id + "' in column '" + column + "'",
        "A link must name one record",
        "make the ids unique, or name another column as 'id' in --config");
  }

  static JobException notEncoded(Path file, String problem) {
    return JobErrors.usage(
        file + " is not a whole encoded file: " + problem,
        null,
        "transfer it again in binary form, or write it again with 'tributary identity encode'");
  }

  static JobException keysDiffer(Path left, String leftKey, Path right, String rightKey) {
    return JobErrors.usage(
        "The files were encoded with different keys: "
            + left
            + " with "
            + leftKey
            + ", "
            + right
            + " with "
            + rightKey,
        "Encodings under different keys have nothing in common",
        "encode both with the same key file; 'tributary identity keygen' prints its fingerprint");
  }

  static JobException settingsDiffer(Path left, Path right, String what, String a, String b) {
    return JobErrors.usage(
        "The files were encoded with different settings: "
            + what
            + " is "
            + a
            + " in "
            + left
            + " and "
            + b
            + " in "
            + right,
        "Only encodings made alike can be compared",
        "write the settings of one party with 'identity encode --save-config FILE' and encode the"
            + " other's table with --config FILE");
  }

  static JobException tooManyPairs(long limit) {
    return JobErrors.usage(
        "The blocks hold more than " + limit + " candidate pairs",
        "Blocking keys are shared by too many records",
        "encode with a smaller max_block, or with more selective blocking");
  }
}
