package dev.tributary.predictor.eventlog;

import dev.tributary.predictor.PredictorException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the logs under a path: a file is one, a directory is one (rolling), or is walked. Opens
 * nothing, so that a hundred thousand logs that are known cost one listing. A directory that links
 * lead to again is walked once.
 */
public final class LogFinder {
  private final LogStorage storage;
  private final Consumer<LogSource> found;
  private final Set<String> walked = new HashSet<>();
  private final List<String> unreadable = new ArrayList<>();
  private long links;

  private LogFinder(LogStorage storage, Consumer<LogSource> found) {
    this.storage = storage;
    this.found = found;
  }

  /**
   * What was left out.
   *
   * @param links directories that a link led to again, or links that lead nowhere but to themselves
   * @param unreadable what is under the path and cannot be listed or looked at, with why
   */
  public record Skipped(long links, List<String> unreadable) {
    /** Copies. */
    public Skipped {
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * Hands over every log, directory by directory, in the order of their names.
   *
   * @return what was left out
   * @throws PredictorException usage, when there is nothing at the path; unreachable, when it
   *     cannot be listed
   */
  public static Skipped find(String path, Consumer<LogSource> found) {
    LogStorage storage = LogStorage.of(path);
    LogFinder finder = new LogFinder(storage, found);
    try {
      Optional<StoredFile> at = storage.status(path);
      if (at.isEmpty()) {
        throw PredictorException.usage(
            "There is nothing at %s".formatted(path),
            null,
            "name an event log, or a directory of them (spark.eventLog.dir)");
      }
      if (at.get().directory()) {
        finder.walked.add(storage.real(at.get()));
        finder.walk(at.get(), storage.list(at.get().location()));
      } else {
        found.accept(LogGrouping.single(at.get()));
      }
    } catch (IOException e) {
      throw unreachable(path, e);
    }
    return new Skipped(finder.links, finder.unreadable);
  }

  private void walk(StoredFile directory, List<StoredFile> children) {
    List<StoredFile> files = new ArrayList<>();
    List<StoredFile> directories = new ArrayList<>();
    for (StoredFile child : children) {
      (child.directory() ? directories : files).add(child);
    }
    LogGrouping.logs(directory.location(), directory.name(), files).forEach(found);
    for (StoredFile child : directories) {
      if (!child.name().startsWith(".")) {
        enter(child);
      }
    }
  }

  private void enter(StoredFile directory) {
    List<StoredFile> children;
    try {
      if (!walked.add(storage.real(directory))) {
        links++;
        return;
      }
      children = storage.list(directory.location());
    } catch (FileSystemLoopException e) {
      links++;
      return;
    } catch (NoSuchFileException | FileNotFoundException e) {
      // It went away since it was listed.
      return;
    } catch (IOException e) {
      unreadable.add(directory.location() + ": " + e);
      return;
    }
    walk(directory, children);
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
