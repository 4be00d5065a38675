package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.EventLogReader;
import dev.tributary.predictor.eventlog.LogSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Reads logs on some threads, a few ahead, and hands over what they hold in their order. */
final class ReadAhead implements AutoCloseable {
  private final ConcurrentLinkedQueue<EventLogReader> readers = new ConcurrentLinkedQueue<>();
  private final ExecutorService pool;
  private final int most;

  /**
   * @param threads how many read at the same time, at least 1
   */
  ReadAhead(int threads) {
    most = threads * 4;
    pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "event-logs");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How a log is read. */
  interface Reading<T> {
    T of(EventLogReader reader, LogSource log) throws IOException;
  }

  /** What a log holds, or why it cannot be read. */
  record Result<T>(LogSource log, Optional<T> value, Optional<Exception> failure) {}

  private record Pending<T>(LogSource log, Future<T> result) {}

  /** Reads all logs; the taker gets the result of each on the calling thread. */
  <T> void read(List<LogSource> logs, Reading<T> reading, Consumer<Result<T>> taker) {
    Deque<Pending<T>> window = new ArrayDeque<>();
    for (LogSource log : logs) {
      if (window.size() >= most) {
        settle(window.remove(), taker);
      }
      window.add(new Pending<>(log, pool.submit(() -> read(reading, log))));
    }
    while (!window.isEmpty()) {
      settle(window.remove(), taker);
    }
  }

  private <T> T read(Reading<T> reading, LogSource log) throws IOException {
    EventLogReader free = readers.poll();
    EventLogReader reader = free == null ? new EventLogReader() : free;
    T result = reading.of(reader, log);
    readers.add(reader);
    return result;
  }

  private <T> void settle(Pending<T> pending, Consumer<Result<T>> taker) {
    LogSource log = pending.log();
    Result<T> result;
    try {
      result = new Result<>(log, Optional.of(pending.result().get()), Optional.empty());
    } catch (ExecutionException e) {
      // A log that the reader does not understand must not end the pass over all others.
      if (!(e.getCause() instanceof Exception cause)) {
        throw new IllegalStateException("reading " + log.location(), e.getCause());
      }
      result = new Result<>(log, Optional.empty(), Optional.of(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + log.location(), e);
    }
    taker.accept(result);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
