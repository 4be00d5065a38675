package dev.tributary.predictor.eventlog;

import java.time.Instant;
import java.util.List;

/**
 * A log to read: one file, or the files of a rolling one in their order. A History Server's zip is
 * one source of possibly many logs.
 *
 * @param location the file, or the directory of a rolling log
 * @param name what the name tells
 * @param parts the files, in the order of their events
 * @param incomplete whether older events are not there: compacted away, or a part is missing
 */
public record LogSource(String location, LogName name, List<StoredFile> parts, boolean incomplete) {
  /** Copies. */
  public LogSource {
    parts = List.copyOf(parts);
  }

  /** Size of all parts, as stored. */
  public long bytes() {
    return parts.stream().mapToLong(StoredFile::bytes).sum();
  }

  /** When the last part was written. */
  public Instant modified() {
    return parts.stream().map(StoredFile::modified).max(Instant::compareTo).orElse(Instant.EPOCH);
  }
}
