package dev.tributary.predictor.eventlog;

import java.time.Instant;
import java.util.Objects;

/**
 * A file or directory of a {@link LogStorage}.
 *
 * @param location what {@link LogStorage#open} takes
 * @param name its last part
 * @param directory whether it is one
 * @param bytes its size; 0 for a directory
 * @param modified when it was last written
 */
public record StoredFile(
    String location, String name, boolean directory, long bytes, Instant modified) {
  /** Checks that nothing is missing. */
  public StoredFile {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(modified, "modified");
  }
}
