package dev.tributary.predictor.eventlog;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the logs under a path: a file is one, a directory is one (rolling), or is walked. Opens
 * nothing, so that a hundred thousand logs that are known cost one listing.
 */
public final class LogFinder {
  private LogFinder() {}

  /**
   * Hands over every log, directory by directory, in the order of their names.
   *
   * @throws PredictorException usage, when there is nothing at the path; unreachable, when it
   *     cannot be listed
   */
  public static void find(String path, Consumer<LogSource> found) {
    LogStorage storage = LogStorage.of(path);
    try {
      Optional<StoredFile> at = storage.status(path);
      if (at.isEmpty()) {
        throw PredictorException.usage(
            "There is nothing at %s".formatted(path),
            null,
            "name an event log, or a directory of them (spark.eventLog.dir)");
      }
      if (at.get().directory()) {
        walk(storage, at.get(), found);
      } else {
        found.accept(LogGrouping.single(at.get()));
      }
    } catch (IOException e) {
      throw unreachable(path, e);
    }
  }

  private static void walk(LogStorage storage, StoredFile directory, Consumer<LogSource> found)
      throws IOException {
    List<StoredFile> files = new ArrayList<>();
    List<StoredFile> directories = new ArrayList<>();
    for (StoredFile child : storage.list(directory.location())) {
      (child.directory() ? directories : files).add(child);
    }
    LogGrouping.logs(directory.location(), directory.name(), files).forEach(found);
    for (StoredFile child : directories) {
      if (!child.name().startsWith(".")) {
        walk(storage, child, found);
      }
    }
  }

  static PredictorException unreachable(String path, IOException cause) {
    return new PredictorException(
        PredictorException.Kind.UNREACHABLE,
        "Cannot read %s".formatted(path),
        cause.toString(),
        "check that it exists, that this user may read it, and that its store answers",
        cause);
  }
}
