package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The executors of an application over time. */
final class Executors {
  private static final int MOST_CHANGES = 1000;
  private static final double MILLIS = 1000.0;
  private static final Pattern ASKED_FOR =
      Pattern.compile(
          "(?i)killed by driver|idle|decommission|exited with code 0\\b|exit code 0\\b"
              + "|no longer needed|shutdown|stopped by driver");

  /** One executor that is there. */
  private record Present(long since, long cores) {}

  private final Map<String, Present> present = new HashMap<>();
  private final Map<String, Present> storages = new HashMap<>();
  private final List<ExecutorChange> changes = new ArrayList<>();
  private long added;
  private long removed;
  private long lost;
  private int peak;
  private int peakStorages;
  private long cores;
  private double executorSeconds;
  private double coreSeconds;
  private long driverStorageBytes = Event.UNKNOWN;
  private long executorStorageBytes = Event.UNKNOWN;

  void add(Event.ExecutorAdded event) {
    if (event.id() == null) {
      return;
    }
    added++;
    cores = Math.max(cores, event.cores());
    present.put(event.id(), new Present(event.time(), Math.max(0, event.cores())));
    peak = Math.max(peak, present.size());
    change(event.time());
  }

  void remove(Event.ExecutorRemoved event) {
    Present gone = present.remove(event.id());
    removed++;
    if (event.reason() == null || !ASKED_FOR.matcher(event.reason()).find()) {
      lost++;
    }
    if (gone != null) {
      pay(gone, event.time());
      change(event.time());
    }
  }

  void add(Event.BlockManagerAdded event) {
    if (isDriver(event.executor())) {
      driverStorageBytes = Math.max(driverStorageBytes, event.maximumBytes());
    } else if (event.executor() != null) {
      executorStorageBytes = Math.max(executorStorageBytes, event.maximumBytes());
      storages.put(event.executor(), new Present(event.time(), 0));
      peakStorages = Math.max(peakStorages, storages.size());
    }
  }

  void remove(Event.BlockManagerRemoved event) {
    storages.remove(event.executor());
  }

  private void change(long time) {
    if (changes.size() < MOST_CHANGES) {
      changes.add(new ExecutorChange(time, present.size()));
    }
  }

  private void pay(Present executor, long until) {
    if (executor.since() > 0 && until > executor.since()) {
      executorSeconds += (until - executor.since()) / MILLIS;
      coreSeconds += executor.cores() * ((until - executor.since()) / MILLIS);
    }
  }

  /** Takes all that are still there until the end of the application. */
  void finish(long end) {
    present.values().forEach(executor -> pay(executor, end));
    present.clear();
  }

  static boolean isDriver(String id) {
    return "driver".equals(id) || "<driver>".equals(id);
  }

  long added() {
    return added;
  }

  long removed() {
    return removed;
  }

  /** Those that went without being asked to. */
  long lost() {
    return lost;
  }

  /** Most at the same time; at least 1: where none is told, the driver did the work. */
  int peak() {
    return Math.max(1, peak > 0 ? peak : peakStorages);
  }

  /** Cores of one; 0 where not told. */
  long cores() {
    return cores;
  }

  double executorSeconds() {
    return executorSeconds;
  }

  double coreSeconds() {
    return coreSeconds;
  }

  long driverStorageBytes() {
    return driverStorageBytes;
  }

  long executorStorageBytes() {
    return executorStorageBytes;
  }

  List<ExecutorChange> changes() {
    return changes;
  }
}
