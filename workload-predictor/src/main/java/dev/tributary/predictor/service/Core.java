package dev.tributary.predictor.service;

import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.service.Refusal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all parts of the service share. Whoever writes holds {@code writes} from its first read to
 * its commit; models are fitted outside of transactions, so that others can read meanwhile.
 */
record Core(
    Store store, Models models, Advisor advisor, Watch watch, Clock clock, ReentrantLock writes) {
  /** A prediction without an outcome for so long is an orphan. */
  static final Duration ORPHAN_AFTER = Duration.ofHours(24);

  /** How many closed predictions the figures of a job are of, the latest. */
  static final int MOST_CLOSED = 500;

  Instant now() {
    return clock.instant();
  }

  /** What all of a champion's own closed predictions say of it: an alarm stays. */
  Watch.Report watched(Connection connection, String job) throws SQLException {
    return watch.judge(
        ofChampion(connection, job).stream().map(PredictionTable.Scored::closed).toList());
  }

  /** The scored predictions that the champion made since it is that, the oldest first. */
  List<PredictionTable.Scored> ofChampion(Connection connection, String job) throws SQLException {
    JobTable.Version champion = JobTable.champion(connection, job);
    return PredictionTable.scored(
        connection, job, champion.version(), champion.championSince().orElse(Instant.EPOCH));
  }

  static Watch.Closed closed(PredictionTable.Stored one) {
    PredictionTable.Closing closing = one.closing().orElseThrow();
    return new Watch.Closed(one.runId(), one.runtime(), closing.actual());
  }

  /** The mode of a job that is known. */
  static Mode mode(Connection connection, String job) throws SQLException {
    return JobTable.mode(connection, job)
        .orElseThrow(
            () ->
                Refusal.at(
                    Kind.UNKNOWN_JOB,
                    "/job",
                    "No run of job '" + job + "' is known. Send its runs first."));
  }
}
