package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.run.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path directory;

  @Test
  void saysWhoHoldsItToASecondOne() {
    try (Store first = Store.open(directory, "the first", Duration.ZERO)) {
      first.describe("the service at http://127.0.0.1:1");
      assertThatThrownBy(() -> Store.open(directory, "the second", Duration.ofMillis(60)))
          .isInstanceOf(PredictorException.class)
          .hasMessageContaining("in use by another process")
          .hasMessageContaining("http://127.0.0.1:1");
    }
    Store.open(directory, "the second", Duration.ZERO).close();
  }

  @Test
  void undoesAllOfATransactionThatFails() {
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      assertThatThrownBy(
              () ->
                  store.transaction(
                      c -> {
                        RunTable.add(c, Jobs.run("job", "r", 1, 1, 1), Instant.EPOCH, "");
                        throw new SQLException("disk full");
                      }))
          .isInstanceOf(PredictorException.class)
          .hasMessageContaining("disk full");
      assertThat(store.<Long>transaction(c -> RunTable.count(c, "job"))).isZero();
    }
  }

  @Test
  void undoesAllOfATransactionThatEndsInAnError() {
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      assertThatThrownBy(
              () ->
                  store.transaction(
                      c -> {
                        RunTable.add(c, Jobs.run("job", "r", 1, 1, 1), Instant.EPOCH, "");
                        throw new OutOfMemoryError("in a test");
                      }))
          .isInstanceOf(OutOfMemoryError.class);
      store.transaction(c -> RunTable.add(c, Jobs.run("job", "s", 1, 1, 1), Instant.EPOCH, ""));
      assertThat(store.<Long>transaction(c -> RunTable.count(c, "job"))).isEqualTo(1);
    }
  }

  @Test
  void bringsUpAStoreOfTheFirstVersionWithItsOutcomes() {
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      store.transaction(
          c -> {
            outcomes(c, 0, 3, 1);
            try (Statement statement = c.createStatement()) {
              statement.execute("DROP INDEX predictions_scored");
              return statement.execute("PRAGMA user_version = 1");
            }
          });
    }
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      List<PredictionTable.Scored> judged =
          store.transaction(c -> core(store).ofChampion(c, "job"));
      assertThat(judged).hasSize(3);
    }
  }

  @Test
  void anAlarmStandsHoweverManyOutcomesComeAfterIt() {
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      Watch.Report report =
          store.transaction(
              c -> {
                outcomes(c, 0, 20, 1);
                outcomes(c, 20, 10, 2);
                outcomes(c, 30, 600, 1);
                return core(store).watched(c, "job");
              });
      assertThat(report.drift()).isTrue();
      assertThat(report.since()).hasValue(20);
      assertThat(report.reason()).contains("slower", "run r20");
      assertThat(report.mape()).as("of the latest").hasValue(0);
    }
  }

  @Test
  void onlyScoredOutcomesOfTheChampionJudgeIt() {
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      List<String> judged =
          store.transaction(
              c -> {
                outcomes(c, 0, 2, 1);
                outcome(c, 2, 1, Outcome.FAILED, true);
                outcome(c, 3, 1, Outcome.FINISHED, false);
                outcome(c, 4, 0, Outcome.FINISHED, true);
                outcome(c, 5, 1, Outcome.FINISHED, true);
                return core(store).ofChampion(c, "job").stream()
                    .map(one -> one.closed().runId())
                    .toList();
              });
      assertThat(judged).containsExactly("r0", "r1", "r5");
      Instant promoted = Instant.EPOCH.plusSeconds(10);
      List<String> later =
          store.transaction(
              c -> {
                JobTable.promote(c, "job", 1, OptionalInt.empty(), promoted);
                outcome(c, 10, 1, Outcome.FINISHED, true);
                return core(store).ofChampion(c, "job").stream()
                    .map(one -> one.closed().runId())
                    .toList();
              });
      assertThat(later).containsExactly("r10");
    }
  }

  private static Core core(Store store) {
    Advisor advisor = Plugs.advisor(Optional.empty());
    return new Core(
        store,
        new Models(store, advisor),
        advisor,
        Watch.latest(),
        Clock.systemUTC(),
        new ReentrantLock());
  }

  /** Predictions of 100 s within 20 %, and runs that take {@code factor} of that. */
  private static void outcomes(Connection connection, int from, int count, double factor)
      throws SQLException {
    for (int i = from; i < from + count; i++) {
      outcome(connection, i, factor, Outcome.FINISHED, true);
    }
  }

  private static void outcome(
      Connection connection, int number, double factor, Outcome outcome, boolean asPredicted)
      throws SQLException {
    Instant at = Instant.EPOCH.plusSeconds(number);
    String id = "r" + number;
    JobTable.ensure(connection, "job", "a learner", at);
    PredictionTable.add(
        connection,
        new PredictionTable.Stored(
            "p" + number,
            "job",
            id,
            at,
            1,
            "{}",
            "{}",
            Jobs.cluster(1),
            new Prediction(100, 80, 120, 0.9, true, "", ""),
            Optional.empty()));
    long seq = RunTable.add(connection, Jobs.run("job", id, 1, 1, 1), at, "").orElseThrow();
    PredictionTable.close(
        connection,
        "p" + number,
        new PredictionTable.Closing(at, seq, 100 * factor, outcome, asPredicted));
  }

  @Test
  void refusesAStoreOfANewerVersion() {
    try (Store store = Store.open(directory, "a test", Duration.ZERO)) {
      store.transaction(
          c -> {
            try (Statement statement = c.createStatement()) {
              return statement.execute("PRAGMA user_version = 99");
            }
          });
    }
    assertThatThrownBy(() -> Store.open(directory, "a test", Duration.ZERO))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("schema version 99");
  }
}
