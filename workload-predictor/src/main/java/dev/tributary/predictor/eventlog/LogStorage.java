package dev.tributary.predictor.eventlog;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where logs lie. The local file system is built in; others (S3, GCS, HDFS) are found by {@link
 * ServiceLoader} when they are on the class path. Used by one thread at a time for listing, by many
 * for opening.
 */
public interface LogStorage {
  /** Whether this storage knows such locations, e.g. by their scheme. */
  boolean takes(String location);

  /** What is at the location; empty when nothing is. */
  Optional<StoredFile> status(String location) throws IOException;

  /**
   * What a directory holds, sorted by name. Of what it holds and cannot be looked at, a directory
   * is told: entering it fails with the reason, and the others are not lost.
   */
  List<StoredFile> list(String directory) throws IOException;

  /**
   * Where a directory really is, so that links which lead in a circle are told.
   *
   * @throws java.nio.file.FileSystemLoopException when it is a link that leads only to itself
   * @throws java.nio.file.NoSuchFileException when it is not there any more
   * @throws IOException when it cannot be looked at
   */
  default String real(StoredFile directory) throws IOException {
    return directory.location();
  }

  /** The bytes of a file; the caller closes. */
  InputStream open(String location) throws IOException;

  /**
   * The storage of a location.
   *
   * @throws PredictorException usage, when no storage on the class path takes it
   */
  static LogStorage of(String location) {
    LocalStorage local = new LocalStorage();
    if (local.takes(location)) {
      return local;
    }
    for (LogStorage storage : ServiceLoader.load(LogStorage.class)) {
      if (storage.takes(location)) {
        return storage;
      }
    }
    throw PredictorException.usage(
        "Cannot read %s".formatted(location),
        "Nothing on the class path reads this kind of location",
        "start it as ./tributary predictor, with the store's Hadoop connector in"
            + " TRIBUTARY_CLASS_PATH, or copy the logs to a local directory");
  }
}
