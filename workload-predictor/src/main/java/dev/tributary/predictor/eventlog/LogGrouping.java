package dev.tributary.predictor.eventlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files of one directory are one log. Rolling logs of Spark 3 and later: {@code
 * events_<n>_<application>[.codec][.compact]} in the order of n, from the last compacted one on
 * (which stands for all up to its n). Of Databricks: {@code eventlog-2024-01-01--10-00.gz} in the
 * order of their dates, then {@code eventlog}, which is still written.
 */
final class LogGrouping {
  private static final Pattern EVENTS = Pattern.compile("events_(\\d{1,9})_.*");
  private static final Pattern DATED =
      Pattern.compile("eventlog-\\d{4}-\\d{2}-\\d{2}--\\d{2}-\\d{2}(?:[.-].*)?");
  private static final String CURRENT = "eventlog";
  private static final String COMPACT = ".compact";
  private static final String STATUS = "appstatus_";

  private LogGrouping() {}

  /**
   * The logs among files of one directory, whole ones before those in progress.
   *
   * @param location the directory
   * @param name its name
   */
  static List<LogSource> logs(String location, String name, List<StoredFile> files) {
    List<StoredFile> events = new ArrayList<>();
    List<StoredFile> databricks = new ArrayList<>();
    List<StoredFile> single = new ArrayList<>();
    boolean running = false;
    for (StoredFile file : files) {
      if (EVENTS.matcher(file.name()).matches()) {
        events.add(file);
      } else if (file.name().equals(CURRENT) || DATED.matcher(file.name()).matches()) {
        databricks.add(file);
      } else if (file.name().startsWith(STATUS)) {
        running |= LogName.of(file.name()).inProgress();
      } else if (!isHidden(file.name())) {
        single.add(file);
      }
    }
    List<LogSource> logs = new ArrayList<>();
    if (!events.isEmpty()) {
      logs.add(rolling(location, name, events, running));
    }
    if (!databricks.isEmpty()) {
      logs.add(new LogSource(location, LogName.of(name), dated(databricks), false));
    }
    single.forEach(file -> logs.add(single(file)));
    logs.sort(Comparator.comparing(log -> log.name().inProgress()));
    return logs;
  }

  /** A file that is a log by itself. */
  static LogSource single(StoredFile file) {
    return new LogSource(file.location(), LogName.of(file.name()), List.of(file), false);
  }

  private static LogSource rolling(
      String location, String name, List<StoredFile> events, boolean running) {
    List<StoredFile> ordered = new ArrayList<>(events);
    ordered.sort(Comparator.comparingInt(LogGrouping::index).thenComparing(LogGrouping::isCompact));
    int first = 0;
    for (int i = 0; i < ordered.size(); i++) {
      first = isCompact(ordered.get(i)) ? i : first;
    }
    List<StoredFile> parts = ordered.subList(first, ordered.size());
    boolean incomplete = isCompact(parts.get(0)) || index(parts.get(0)) != 1 || hasGap(parts);
    String named = name.startsWith(LogName.ROLLING) ? name : parts.get(0).name();
    return new LogSource(location, LogName.of(named).inProgress(running), parts, incomplete);
  }

  private static boolean hasGap(List<StoredFile> parts) {
    return index(parts.get(parts.size() - 1)) - index(parts.get(0)) != parts.size() - 1;
  }

  private static List<StoredFile> dated(List<StoredFile> files) {
    List<StoredFile> ordered = new ArrayList<>(files);
    ordered.sort(
        Comparator.comparing((StoredFile file) -> file.name().equals(CURRENT))
            .thenComparing(StoredFile::name));
    return ordered;
  }

  private static int index(StoredFile file) {
    Matcher matcher = EVENTS.matcher(file.name());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static boolean isCompact(StoredFile file) {
    return file.name().endsWith(COMPACT);
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_") || name.endsWith(".crc");
  }
}
