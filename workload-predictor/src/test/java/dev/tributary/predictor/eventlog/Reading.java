package dev.tributary.predictor.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All logs under a path, with everything that the reader handed over. */
record Reading(List<Log> logs) {
  record Log(LogSource log, List<Event> events, LogCounts counts) {
    <E extends Event> List<E> events(Class<E> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  static Reading of(Path path) {
    List<Log> logs = new ArrayList<>();
    EventLogReader reader = new EventLogReader();
    LogFinder.find(path.toString(), source -> read(reader, source, logs));
    return new Reading(logs);
  }

  Log only() {
    if (logs.size() != 1) {
      throw new AssertionError("not one log but " + logs.size());
    }
    return logs.get(0);
  }

  private static void read(EventLogReader reader, LogSource source, List<Log> logs) {
    List<Event> events = new ArrayList<>();
    try {
      reader.read(
          source,
          new LogVisitor() {
            @Override
            public Consumer<Event> begin(LogSource log) {
              events.clear();
              return events::add;
            }

            @Override
            public void end(LogSource log, LogCounts counts) {
              logs.add(new Log(log, List.copyOf(events), counts));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
