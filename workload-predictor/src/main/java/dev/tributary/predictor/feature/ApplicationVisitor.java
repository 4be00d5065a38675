package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogSource;
import dev.tributary.predictor.eventlog.LogVisitor;
import java.util.Objects;
import java.util.function.Consumer;

/** Sums up each log of a source and hands it over at its end. For one thread. */
public final class ApplicationVisitor implements LogVisitor {
  private final Consumer<ApplicationRecord> taker;
  private ApplicationBuilder builder;

  /**
   * @param taker gets each application attempt that was read to its end
   */
  public ApplicationVisitor(Consumer<ApplicationRecord> taker) {
    this.taker = Objects.requireNonNull(taker, "taker");
  }

  @Override
  public Consumer<Event> begin(LogSource log) {
    builder = new ApplicationBuilder(log.name());
    return builder;
  }

  @Override
  public void end(LogSource log, LogCounts counts) {
    taker.accept(new ApplicationRecord(log, builder.summary(), counts));
  }
}
