package dev.tributary.predictor.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Streams logs: 1 MiB of memory, more only for longer lines (at most 64 MiB), whatever the size of
 * the log. Damage is counted, never fatal; what was read before it counts. Not for many threads at
 * once: each takes its own.
 */
public final class EventLogReader {
  private static final byte[] SIGN = "\"Event\"".getBytes(StandardCharsets.US_ASCII);

  private static final long HEAD_LINES = 1000;
  private static final int ZIP_MAGIC = 4;

  private final LineBuffer lines = new LineBuffer();
  private final EventParser parser = new EventParser();
  private boolean headOnly;

  /**
   * Reads every log of a source.
   *
   * @throws IOException when its bytes cannot be had; the log that was begun gets no end
   */
  public void read(LogSource source, LogVisitor visitor) throws IOException {
    headOnly = false;
    readLogs(source, visitor);
  }

  /**
   * Reads the beginning of every log, which tells whose it is: up to the start of the application,
   * or the first thousand lines.
   *
   * @throws IOException as {@link #read}
   */
  public void readHead(LogSource source, LogVisitor visitor) throws IOException {
    headOnly = true;
    readLogs(source, visitor);
  }

  private void readLogs(LogSource source, LogVisitor visitor) throws IOException {
    LogStorage storage = LogStorage.of(source.location());
    if (source.parts().size() > 1) {
      readLog(
          source,
          part -> new WatchedStream(storage.open(part.location())),
          Optional.empty(),
          visitor);
      return;
    }
    try (PushbackInputStream in = open(storage, source)) {
      byte[] head = in.readNBytes(ZIP_MAGIC);
      in.unread(head);
      if (Codec.of(head) != Codec.ZIP) {
        readLog(source, part -> new WatchedStream(in), Optional.empty(), visitor);
        return;
      }
    }
    readZip(storage, source, visitor);
  }

  private static PushbackInputStream open(LogStorage storage, LogSource source) throws IOException {
    return new PushbackInputStream(storage.open(source.parts().get(0).location()), ZIP_MAGIC);
  }

  /** How to come to the bytes of a part. */
  private interface Opener {
    WatchedStream open(StoredFile part) throws IOException;
  }

  private void readZip(LogStorage storage, LogSource source, LogVisitor visitor)
      throws IOException {
    StoredFile file = source.parts().get(0);
    if (storage instanceof LocalStorage) {
      readZip(LocalStorage.path(file.location()), source, visitor);
      return;
    }
    Path copy = Files.createTempFile("tributary-log", ".zip");
    try (InputStream in = storage.open(file.location())) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      readZip(copy, source, visitor);
    } finally {
      Files.delete(copy);
    }
  }

  private void readZip(Path path, LogSource source, LogVisitor visitor) throws IOException {
    try (ZippedLogs zip = ZippedLogs.open(path, source)) {
      for (LogSource log : zip.logs()) {
        readLog(log, zip::open, zip.damage(), visitor);
      }
    }
  }

  private void readLog(LogSource log, Opener opener, Optional<String> damage, LogVisitor visitor)
      throws IOException {
    Consumer<Event> events = visitor.begin(log);
    Tally tally = new Tally();
    tally.damage = damage;
    for (StoredFile part : log.parts()) {
      if (isEnough(tally)) {
        break;
      }
      try (WatchedStream raw = opener.open(part)) {
        readPart(raw, events, tally);
      } catch (ZipException e) {
        // The entry cannot even be opened.
        tally.damage = Optional.of(e.toString());
      }
    }
    visitor.end(log, tally.counts());
  }

  private void readPart(WatchedStream raw, Consumer<Event> events, Tally tally) throws IOException {
    try (PiecewiseStream text = unpacked(raw, tally)) {
      lines.reset(text);
      begin(raw, tally);
      while (!isEnough(tally) && nextLine(raw, tally)) {
        take(events, tally);
      }
    }
  }

  private static PiecewiseStream unpacked(WatchedStream raw, Tally tally) throws IOException {
    try {
      return Codec.text(raw);
    } catch (IOException | RuntimeException e) {
      raw.rethrow();
      tally.damage = Optional.of(e.toString());
      return new PiecewiseStream(InputStream.nullInputStream(), 1);
    }
  }

  private void begin(WatchedStream raw, Tally tally) throws IOException {
    try {
      tally.recognised |= lines.peek(SIGN);
      if (!tally.recognised) {
        lines.stop();
      }
    } catch (IOException | RuntimeException e) {
      // What was unpacked before the damage is in the buffer.
      raw.rethrow();
      tally.damage = Optional.of(e.toString());
      lines.stop();
    }
  }

  private boolean isEnough(Tally tally) {
    return headOnly && (tally.started || tally.lines >= HEAD_LINES);
  }

  private boolean nextLine(WatchedStream raw, Tally tally) throws IOException {
    try {
      return lines.next();
    } catch (IOException | RuntimeException e) {
      raw.rethrow();
      tally.damage = Optional.of(e.toString());
      return lines.endHere();
    }
  }

  private void take(Consumer<Event> events, Tally tally) {
    tally.lines++;
    tally.bytes += lines.length();
    tally.longestLine = Math.max(tally.longestLine, lines.length());
    if (lines.isCut()) {
      tally.oversized++;
      return;
    }
    Event event = parser.parse(lines.bytes(), lines.from(), lines.to());
    if (event == null) {
      if (parser.nothing() == EventParser.Nothing.UNPARSED) {
        tally.unparsed++;
      } else {
        tally.skipped++;
      }
      return;
    }
    tally.events++;
    tally.recognised = true;
    if (event instanceof Event.TaskEnd) {
      tally.taskEnds++;
    } else if (event instanceof Event.StageCompleted) {
      tally.stagesCompleted++;
    } else if (event instanceof Event.ApplicationStart start) {
      tally.started |= start.id() != null;
    }
    events.accept(event);
  }

  private static final class Tally {
    private long lines;
    private long events;
    private long taskEnds;
    private long stagesCompleted;
    private long skipped;
    private long unparsed;
    private long oversized;
    private long bytes;
    private long longestLine;
    private Optional<String> damage = Optional.empty();
    private boolean recognised;
    private boolean started;

    LogCounts counts() {
      return new LogCounts(
          lines,
          events,
          taskEnds,
          stagesCompleted,
          skipped,
          unparsed,
          oversized,
          bytes,
          longestLine,
          damage,
          recognised);
    }
  }
}
