package dev.tributary.predictor.eventlog;

import dev.tributary.predictor.PredictorException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * What has been read: of each log its size and time, so that only new and grown ones are read
 * again; of each application attempt the best copy, so that it counts once however many there are.
 * Kept in a text file that is only appended to, a line at a time after the result was handed over,
 * and rewritten when more than half of it is out of date. A line that a crash cut is ignored: its
 * log is read once more. Of a file of the former version the logs are all read once more. About 300
 * bytes of memory a log. For one thread.
 */
public final class ReadState implements AutoCloseable {
  private static final String HEADER = "tributary event logs read, 2";
  // Counted other lines and told some attempts by other keys.
  private static final String FORMER_HEADER = "tributary event logs read, 1";
  private static final long UNKNOWN_LINES = -1;
  private static final String LOG = "log";
  private static final String APPLICATION = "application";

  private record Stamp(long bytes, long modified) {}

  private record Copy(boolean ended, long lines, String location) {
    boolean isBetterThan(Copy other) {
      return ended != other.ended ? ended : lines > other.lines;
    }
  }

  private final Map<String, Stamp> logs = new HashMap<>();
  private final Map<String, Copy> applications = new HashMap<>();
  private final BufferedWriter journal;

  private ReadState(BufferedWriter journal) {
    this.journal = journal;
  }

  /** A state that ends with the process. */
  public static ReadState inMemory() {
    return new ReadState(null);
  }

  /**
   * Opens the state in a file, or begins one.
   *
   * @throws PredictorException usage, when the file is something else or cannot be written
   */
  public static ReadState open(Path file) {
    try {
      ReadState old = new ReadState(null);
      long lines = Files.exists(file) ? old.load(file) : 0;
      if (lines == 0 || lines > 2L * (old.logs.size() + old.applications.size()) + 100) {
        old.rewrite(file);
      }
      ReadState state =
          new ReadState(
              Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
      state.logs.putAll(old.logs);
      state.applications.putAll(old.applications);
      // Ends a line that a crash cut.
      state.journal.newLine();
      return state;
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "Cannot keep what was read in %s".formatted(file),
          e.toString(),
          "name a file in a directory that exists and may be written",
          e);
    }
  }

  /** The lines of a file; 0 when it must be rewritten. */
  private long load(Path file) throws IOException {
    long lines = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      if (line == null) {
        return 0;
      }
      if (line.equals(FORMER_HEADER)) {
        loadFormer(reader);
        return 0;
      }
      if (!line.equals(HEADER)) {
        throw new IOException("it is not a file of this kind: its first line is not " + HEADER);
      }
      for (line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        load(line.split("\t", -1));
      }
    }
    return Math.max(1, lines);
  }

  /** Keeps whether each attempt has ended: a copy that has not must not replace one that has. */
  private void loadFormer(BufferedReader reader) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      load(line.split("\t", -1));
    }
    logs.clear();
    applications.replaceAll(
        (attempt, copy) -> new Copy(copy.ended(), UNKNOWN_LINES, copy.location()));
  }

  private void load(String[] field) {
    try {
      if (field.length == 5 && field[0].equals(LOG) && field[4].equals(".")) {
        logs.put(field[3], new Stamp(Long.parseLong(field[1]), Long.parseLong(field[2])));
      } else if (field.length == 6 && field[0].equals(APPLICATION) && field[5].equals(".")) {
        applications.put(
            field[4], new Copy(field[1].equals("ended"), Long.parseLong(field[2]), field[3]));
      }
    } catch (NumberFormatException e) {
      // A cut line: what it said is read again.
      logs.remove(field[3]);
    }
  }

  private void rewrite(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (BufferedWriter writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
      writer.write(HEADER);
      writer.newLine();
      for (Map.Entry<String, Stamp> log : logs.entrySet()) {
        writer.write(line(log.getKey(), log.getValue()));
      }
      for (Map.Entry<String, Copy> application : applications.entrySet()) {
        writer.write(line(application.getKey(), application.getValue()));
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether the log was read as it is now. */
  public boolean isRead(LogSource log) {
    return stamp(log).equals(logs.get(clean(log.location())));
  }

  /**
   * Whether a copy of an application attempt is wanted: none was taken before, or none as good. One
   * with an end beats one without, then more lines beat fewer. The same log, read again, need not
   * be better, but it must not be worse: what was compacted since says less.
   */
  public boolean wants(String attempt, boolean ended, long lines, String location) {
    Copy copy = new Copy(ended, lines, clean(location));
    Copy before = applications.get(clean(attempt));
    return before == null
        || (before.location().equals(copy.location())
            ? !before.isBetterThan(copy)
            : copy.isBetterThan(before));
  }

  /** Remembers the copy of an attempt that was handed over. */
  public void took(String attempt, boolean ended, long lines, String location) {
    Copy copy = new Copy(ended, lines, clean(location));
    applications.put(clean(attempt), copy);
    append(line(clean(attempt), copy));
  }

  /** Remembers that a log was read; its results have been handed over. */
  public void read(LogSource log) {
    String location = clean(log.location());
    logs.put(location, stamp(log));
    append(line(location, stamp(log)));
  }

  private static Stamp stamp(LogSource log) {
    return new Stamp(log.bytes(), log.modified().toEpochMilli());
  }

  private static String clean(String text) {
    return text.replaceAll("[\t\r\n]", " ");
  }

  private static String line(String location, Stamp stamp) {
    return String.join(
            "\t", LOG, Long.toString(stamp.bytes), Long.toString(stamp.modified), location, ".")
        + "\n";
  }

  private static String line(String attempt, Copy copy) {
    return String.join(
            "\t",
            APPLICATION,
            copy.ended ? "ended" : "running",
            Long.toString(copy.lines),
            copy.location,
            attempt,
            ".")
        + "\n";
  }

  private void append(String line) {
    if (journal == null) {
      return;
    }
    try {
      journal.write(line);
      journal.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write down what was read", e);
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      try {
        journal.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write down what was read", e);
      }
    }
  }
}
