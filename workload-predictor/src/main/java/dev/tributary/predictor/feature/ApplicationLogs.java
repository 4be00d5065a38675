package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.EventLogReader;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogFinder;
import dev.tributary.predictor.eventlog.LogSource;
import dev.tributary.predictor.eventlog.LogVisitor;
import dev.tributary.predictor.eventlog.ReadState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One pass over logs: new and grown ones are read, each application attempt is handed over once, in
 * the order in which the logs lie there, whatever the number of threads. The beginnings of all come
 * first, which tell what are copies of one attempt: these are read one after the other, and the
 * best is handed over. Memory does not grow with the logs but for {@link ReadState} and where the
 * new ones lie.
 */
public final class ApplicationLogs {
  private static final int MOST_REASONS = 1000;

  private final ReadState state;
  private final Consumer<ApplicationRecord> taker;
  private final List<LogSource> fresh = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  // Of the copies being read.
  private final Map<String, ApplicationRecord> best = new LinkedHashMap<>();
  private final List<LogSource> read = new ArrayList<>();

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
    List<LogSource> ordered = new ArrayList<>();
    Deque<Integer> sizes = new ArrayDeque<>();
    try (ReadAhead ahead = new ReadAhead(threads)) {
      Copies copies = new Copies();
      // A beginning that cannot be had is told when the log is read.
      ahead.read(
          fresh, ApplicationLogs::attempts, head -> copies.add(head.value().orElse(Set.of())));
      for (List<Integer> group : copies.groups()) {
        group.forEach(log -> ordered.add(fresh.get(log)));
        sizes.add(group.size());
      }
      ahead.read(
          ordered,
          ApplicationLogs::applications,
          log -> {
            settle(log);
            sizes.push(sizes.pop() - 1);
            if (sizes.peek() == 0) {
              sizes.pop();
              handOver();
            }
          });
    }
  }

  private static Set<String> attempts(EventLogReader reader, LogSource source) throws IOException {
    Set<String> attempts = new HashSet<>();
    reader.readHead(
        source,
        new LogVisitor() {
          private ApplicationBuilder builder;

          @Override
          public Consumer<Event> begin(LogSource log) {
            builder = new ApplicationBuilder(log.name());
            return builder;
          }

          @Override
          public void end(LogSource log, LogCounts counts) {
            if (counts.recognised()) {
              attempts.add(builder.key());
            }
          }
        });
    return attempts;
  }

  private static List<ApplicationRecord> applications(EventLogReader reader, LogSource source)
      throws IOException {
    List<ApplicationRecord> found = new ArrayList<>();
    reader.read(source, new ApplicationVisitor(found::add));
    return found;
  }

  private void settle(ReadAhead.Result<List<ApplicationRecord>> log) {
    log.failure().ifPresent(error -> cannotRead(log.log().location() + ": " + error));
    log.value()
        .ifPresent(
            held -> {
              held.forEach(this::count);
              read.add(log.log());
            });
  }

  private void count(ApplicationRecord application) {
    LogCounts counts = application.counts();
    damaged += counts.damage().isPresent() ? 1 : 0;
    if (!counts.recognised()) {
      boolean nothing = counts.lines() == 0 && counts.damage().isEmpty();
      empty += nothing ? 1 : 0;
      foreign += nothing ? 0 : 1;
      return;
    }
    lines += counts.lines();
    taskEnds += counts.taskEnds();
    stagesCompleted += counts.stagesCompleted();
    unparsed += counts.unparsed();
    oversized += counts.oversized();
    bytes += counts.bytes();
    ApplicationRecord other = best.putIfAbsent(application.summary().key(), application);
    if (other != null) {
      duplicates++;
      if (Copies.BEST.compare(application, other) < 0) {
        best.put(application.summary().key(), application);
      }
    }
  }

  /** Hands over the best copies, and remembers all that were read with them. */
  private void handOver() {
    for (Map.Entry<String, ApplicationRecord> copy : best.entrySet()) {
      ApplicationRecord application = copy.getValue();
      boolean ended = Copies.hasEnded(application);
      long counted = Copies.lines(application);
      String location = application.log().location();
      if (state.wants(copy.getKey(), ended, counted, location)) {
        applications++;
        taker.accept(application);
        state.took(copy.getKey(), ended, counted, location);
      } else {
        duplicates++;
      }
    }
    best.clear();
    read.forEach(state::read);
    read.clear();
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
