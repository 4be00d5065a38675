package dev.tributary.predictor.service;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.PredictorException.Kind;
import java.nio.file.Path;

/** What can be wrong with the store. */
final class StoreErrors {
  private StoreErrors() {}

  static PredictorException locked(Path directory, String holder) {
    return new PredictorException(
        Kind.UNREACHABLE,
        "The predictor's store " + directory + " is in use by another process",
        holder.isBlank() ? null : "It is held by " + holder,
        "stop that process, or ask it over HTTP instead of opening its store",
        null);
  }

  static PredictorException unusable(Path directory, Exception cause) {
    return new PredictorException(
        Kind.FAILED,
        "The predictor's store " + directory + " cannot be opened",
        String.valueOf(cause.getMessage()),
        "check that the directory is on a local disk, writable and not full, and that"
            + " -Dorg.sqlite.tmpdir names a directory that programs may be loaded from",
        cause);
  }

  static PredictorException newer(Path directory, int found, int known) {
    return PredictorException.usage(
        "The predictor's store %s has schema version %d".formatted(directory, found),
        "This version of Tributary knows up to " + known,
        "use the newer version of Tributary that wrote it");
  }

  static PredictorException failed(Exception cause) {
    return new PredictorException(
        Kind.FAILED,
        "The predictor's store failed",
        String.valueOf(cause.getMessage()),
        "check that its disk is not full; nothing of the request was stored",
        cause);
  }
}
