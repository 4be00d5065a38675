package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.EventLogReader;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogFinder;
import dev.tributary.predictor.eventlog.LogSource;
import dev.tributary.predictor.eventlog.ReadState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One pass over logs: new and grown ones are read, each application attempt is handed over once, in
 * the order in which the logs lie there, whatever the number of threads. Memory does not grow with
 * the logs but for {@link ReadState}.
 */
public final class ApplicationLogs {
  private static final int MOST_REASONS = 1000;

  private final ReadState state;
  private final Consumer<ApplicationRecord> taker;
  private final ConcurrentLinkedQueue<EventLogReader> readers = new ConcurrentLinkedQueue<>();
  private final Deque<Reading> window = new ArrayDeque<>();
  private final List<String> unreadable = new ArrayList<>();

  private long logs;
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

  private record Reading(LogSource source, Future<List<ApplicationRecord>> result) {}

  /**
   * Reads all logs under some paths.
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
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "event-logs");
              thread.setDaemon(true);
              return thread;
            });
    try {
      for (String path : paths) {
        LogFinder.find(path, source -> pass.submit(source, pool, threads * 4));
      }
      while (!pass.window.isEmpty()) {
        pass.settle(pass.window.remove());
      }
    } finally {
      pool.shutdownNow();
    }
    return pass.report();
  }

  private void submit(LogSource source, ExecutorService pool, int most) {
    logs++;
    if (state.isRead(source)) {
      unchanged++;
      return;
    }
    if (window.size() >= most) {
      settle(window.remove());
    }
    window.add(new Reading(source, pool.submit(() -> applications(source))));
  }

  private List<ApplicationRecord> applications(LogSource source) throws IOException {
    EventLogReader free = readers.poll();
    EventLogReader reader = free == null ? new EventLogReader() : free;
    List<ApplicationRecord> found = new ArrayList<>();
    reader.read(source, new ApplicationVisitor(found::add));
    readers.add(reader);
    return found;
  }

  private void settle(Reading reading) {
    LogSource source = reading.source();
    try {
      reading.result().get().forEach(this::settle);
      state.read(source);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException)) {
        throw new IllegalStateException("reading " + source.location(), e.getCause());
      }
      if (unreadable.size() < MOST_REASONS) {
        unreadable.add(source.location() + ": " + e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + source.location(), e);
    }
  }

  private void settle(ApplicationRecord application) {
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
    ApplicationSummary summary = application.summary();
    boolean ended = summary.features().get("ended") > 0;
    if (state.take(summary.key(), ended, counts.lines(), application.log().location())) {
      applications++;
      taker.accept(application);
    } else {
      duplicates++;
    }
  }

  private ReadReport report() {
    return new ReadReport(
        logs,
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
