package dev.tributary.predictor.eventlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The logs in a History Server's zip. The directory of a zip is at its end: of one that was cut,
 * the entries are read one after the other as far as they go.
 */
final class ZippedLogs implements Closeable {
  private final LogSource source;
  private final ZipFile zip;
  private final CutZip cut;
  private final List<LogSource> logs;
  private final Optional<String> damage;

  private ZippedLogs(
      LogSource source, ZipFile zip, CutZip cut, List<LogSource> logs, Optional<String> damage) {
    this.source = source;
    this.zip = zip;
    this.cut = cut;
    this.logs = List.copyOf(logs);
    this.damage = damage;
  }

  /**
   * Opens a zip, whole or cut.
   *
   * @param source what its logs are named after
   * @throws IOException when its bytes cannot be had
   */
  static ZippedLogs open(Path path, LogSource source) throws IOException {
    try {
      ZipFile zip = new ZipFile(path.toFile());
      List<ZipEntry> entries = new ArrayList<>();
      Enumeration<? extends ZipEntry> all = zip.entries();
      while (all.hasMoreElements()) {
        entries.add(all.nextElement());
      }
      return new ZippedLogs(source, zip, null, logsOf(entries, source), Optional.empty());
    } catch (ZipException e) {
      CutZip cut = new CutZip(path, CutZip.MOST_SKIPPED);
      List<LogSource> logs = logsOf(cut.entries(), source);
      return new ZippedLogs(
          source,
          null,
          cut,
          logs.isEmpty() ? List.of(withoutParts(source)) : logs,
          Optional.of("a zip that was cut or garbled: " + e.getMessage()));
    }
  }

  /** The logs; of a zip in which none can be found one without parts, so that it is counted. */
  List<LogSource> logs() {
    return logs;
  }

  /** What is wrong with the zip as a whole. */
  Optional<String> damage() {
    return damage;
  }

  /** The bytes of a part; the caller closes. */
  WatchedStream open(StoredFile part) throws IOException {
    String name = part.location().substring(within(source, "").length());
    return WatchedStream.ofEntry(
        zip == null ? cut.open(name) : zip.getInputStream(zip.getEntry(name)));
  }

  @Override
  public void close() throws IOException {
    if (zip == null) {
      cut.close();
    } else {
      zip.close();
    }
  }

  private static String within(LogSource source, String name) {
    return source.location() + "!/" + name;
  }

  private static LogSource withoutParts(LogSource source) {
    return new LogSource(source.location(), source.name(), List.of(), true);
  }

  private static List<LogSource> logsOf(List<? extends ZipEntry> entries, LogSource source) {
    Map<String, List<StoredFile>> directories = new TreeMap<>();
    for (ZipEntry entry : entries) {
      if (!entry.isDirectory()) {
        int slash = entry.getName().lastIndexOf('/');
        String directory = slash < 0 ? "" : entry.getName().substring(0, slash);
        directories
            .computeIfAbsent(directory, name -> new ArrayList<>())
            .add(
                new StoredFile(
                    within(source, entry.getName()),
                    entry.getName().substring(slash + 1),
                    false,
                    Math.max(0, entry.getSize()),
                    entry.getTime() < 0 ? Instant.EPOCH : Instant.ofEpochMilli(entry.getTime())));
      }
    }
    List<LogSource> logs = new ArrayList<>();
    directories.forEach(
        (directory, files) ->
            logs.addAll(
                LogGrouping.logs(
                    within(source, directory),
                    directory.substring(directory.lastIndexOf('/') + 1),
                    files)));
    return logs;
  }
}
