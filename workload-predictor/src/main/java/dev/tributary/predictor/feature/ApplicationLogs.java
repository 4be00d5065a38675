package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.EventLogReader;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogFinder;
import dev.tributary.predictor.eventlog.LogSource;
import dev.tributary.predictor.eventlog.ReadState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One pass over logs: new and grown ones are read once. Whole logs are handed over in the order in
 * which they lie there, whatever the number of threads; those that have not ended or are damaged
 * after them, of the copies of one attempt the best. Where a better copy comes later all the same,
 * in another pass or after more than {@value #MOST_HELD} others, its attempt is handed over again.
 * Memory does not grow with the logs but for {@link ReadState} and where the new ones lie.
 */
public final class ApplicationLogs {
  private static final int MOST_REASONS = 1000;

  /** Attempts that wait for a better copy. */
  private static final int MOST_HELD = 1000;

  private final ReadState state;
  private final Consumer<ApplicationRecord> taker;
  private final List<LogSource> fresh = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  // The best copy so far of each attempt without a whole one, and the logs that these are in.
  private final Map<String, ApplicationRecord> held = new LinkedHashMap<>();
  private final List<LogSource> waiting = new ArrayList<>();

  private long logs;
  private long links;
  private long unchanged;
  private long applications;
  private long duplicates;
  private long empty;
  private long foreign;
  private long damaged;
  private long lines;
  private long taskEnds;
  private long stagesCompleted;
  private long unparsed;
  private long oversized;
  private long bytes;

  private ApplicationLogs(ReadState state, Consumer<ApplicationRecord> taker) {
    this.state = state;
    this.taker = taker;
  }

  /**
   * Reads all logs under some paths. All are listed before the first is handed over.
   *
   * @param paths files and directories
   * @param state what was read before; is written down as the pass goes on
   * @param threads how many read at the same time, at least 1
   * @param taker gets each application attempt, on the calling thread
   * @throws dev.tributary.predictor.PredictorException when a path does not exist or cannot be
   *     listed
   */
  public static ReadReport read(
      List<String> paths, ReadState state, int threads, Consumer<ApplicationRecord> taker) {
    ApplicationLogs pass = new ApplicationLogs(state, taker);
    paths.forEach(pass::list);
    pass.readAll(threads);
    return pass.report();
  }

  private void list(String path) {
    LogFinder.Skipped skipped = LogFinder.find(path, this::found);
    links += skipped.links();
    skipped.unreadable().forEach(this::cannotRead);
  }

  private void found(LogSource log) {
    logs++;
    if (state.isRead(log)) {
      unchanged++;
    } else {
      fresh.add(log);
    }
  }

  private void cannotRead(String what) {
    if (unreadable.size() < MOST_REASONS) {
      unreadable.add(what);
    }
  }

  private void readAll(int threads) {
    try (ReadAhead ahead = new ReadAhead(threads)) {
      ahead.read(fresh, ApplicationLogs::applications, this::settle);
    }
    handOver();
  }

  private static List<ApplicationRecord> applications(EventLogReader reader, LogSource source)
      throws IOException {
    List<ApplicationRecord> found = new ArrayList<>();
    reader.read(source, new ApplicationVisitor(found::add));
    return found;
  }

  private void settle(ReadAhead.Result<List<ApplicationRecord>> log) {
    log.failure().ifPresent(error -> cannotRead(log.log().location() + ": " + error));
    log.value().ifPresent(found -> settle(log.log(), found));
  }

  private void settle(LogSource log, List<ApplicationRecord> found) {
    boolean waits = false;
    for (ApplicationRecord application : found) {
      if (count(application)) {
        if (Copies.isWhole(application)) {
          handOver(application);
        } else {
          waits = true;
          hold(application);
        }
      }
    }
    if (waits) {
      waiting.add(log);
    } else {
      state.read(log);
    }
    if (held.size() > MOST_HELD) {
      handOver();
    }
  }

  /** Whether it is a log at all. */
  private boolean count(ApplicationRecord application) {
    LogCounts counts = application.counts();
    damaged += counts.damage().isPresent() ? 1 : 0;
    if (!counts.recognised()) {
      boolean nothing = counts.lines() == 0 && counts.damage().isEmpty();
      empty += nothing ? 1 : 0;
      foreign += nothing ? 0 : 1;
      return false;
    }
    lines += counts.lines();
    taskEnds += counts.taskEnds();
    stagesCompleted += counts.stagesCompleted();
    unparsed += counts.unparsed();
    oversized += counts.oversized();
    bytes += counts.bytes();
    return true;
  }

  private void hold(ApplicationRecord application) {
    String attempt = application.summary().key();
    ApplicationRecord other = held.putIfAbsent(attempt, application);
    if (other != null) {
      duplicates++;
      if (Copies.BEST.compare(application, other) < 0) {
        held.put(attempt, application);
      }
    }
  }

  /** Hands over what waited, and remembers the logs that it is in. */
  private void handOver() {
    held.values().forEach(this::handOver);
    held.clear();
    waiting.forEach(state::read);
    waiting.clear();
  }

  private void handOver(ApplicationRecord application) {
    if (state.take(
        application.summary().key(),
        Copies.hasEnded(application),
        Copies.lines(application),
        application.log().location())) {
      applications++;
      taker.accept(application);
    } else {
      duplicates++;
    }
  }

  private ReadReport report() {
    return new ReadReport(
        logs,
        links,
        unchanged,
        applications,
        duplicates,
        empty,
        foreign,
        damaged,
        lines,
        taskEnds,
        stagesCompleted,
        unparsed,
        oversized,
        bytes,
        unreadable);
  }
}
