package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
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
