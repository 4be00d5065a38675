package dev.tributary.predictor.eventlog;

import java.util.function.Consumer;

/** Takes what a source holds: of each log its beginning, its events in order, and its end. */
public interface LogVisitor {
  /** A log begins; its events go to the returned consumer. */
  Consumer<Event> begin(LogSource log);

  /** The log that began last has been read to its end. */
  void end(LogSource log, LogCounts counts);
}
