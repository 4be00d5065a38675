package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogSource;

/**
 * An application attempt as read from a log.
 *
 * @param log where it was read
 * @param summary what it did
 * @param counts what the log held
 */
public record ApplicationRecord(LogSource log, ApplicationSummary summary, LogCounts counts) {}
