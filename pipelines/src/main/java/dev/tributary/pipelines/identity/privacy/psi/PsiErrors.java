package dev.tributary.pipelines.identity.privacy.psi;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Every error of private set intersection: problem, cause, fix; never an identifier or a secret.
 */
final class PsiErrors {
  private PsiErrors() {}

  static JobException malformed(Path file, String problem) {
    return JobErrors.usage(
        file + " is not a whole file of a set intersection: " + problem,
        "Nothing was computed from it",
        "ask the other party for the file again, in binary transfer");
  }

  static JobException wrongStep(Path file, String expected, String found) {
    return JobErrors.usage(
        file + " is the file of step '" + found + "'; here belongs that of step '" + expected + "'",
        "The steps are: request (A), answer (B), finish (A)",
        "name the right file");
  }

  static JobException smallOrder() {
    return JobErrors.usage(
        "A received element is of small order",
        "No identifier hashes to such a point; the file was made to probe for secrets",
        "do not answer; talk to the other party");
  }

  static JobException otherSession(Path answer, String expected, String found) {
    return JobErrors.usage(
        answer + " answers session " + found + ", the secret file is of session " + expected,
        null,
        "name the answer to this request");
  }

  static JobException otherInput(Path input) {
    return JobErrors.usage(
        input + " is not the table that the request was made from",
        "Its identifiers differ from those that the secret file remembers",
        "name the same file and column, unchanged, or begin again with a request");
  }

  static JobException noIdentifiers(Path input, String column) {
    return JobErrors.usage(
        input + " has no identifiers in column '" + column + "'",
        "Every value is empty, or nothing is left of it in normal form",
        "name another --column or --kind");
  }

  static JobException io(Path file, String verb, IOException cause) {
    if (cause instanceof FileAlreadyExistsException) {
      return JobErrors.usage(
          file + " exists already", "A secret is never replaced", "name another file");
    }
    boolean missing = cause instanceof NoSuchFileException;
    return JobErrors.error(
        missing ? ExitCode.USAGE : ExitCode.FAILED,
        file + (missing ? " does not exist" : " cannot be " + verb),
        missing ? null : cause.toString(),
        "check the path and the permissions",
        cause);
  }
}
