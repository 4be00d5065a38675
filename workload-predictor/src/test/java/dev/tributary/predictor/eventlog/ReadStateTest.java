package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadStateTest {
  private static final LogSource LOG =
      new LogSource(
          "logs/a",
          new LogName("a", Optional.empty(), false),
          List.of(new StoredFile("logs/a", "a", false, 10, Instant.ofEpochMilli(20))),
          false);

  @TempDir private Path directory;

  private static boolean take(
      ReadState state, String attempt, boolean ended, long lines, String location) {
    boolean wanted = state.wants(attempt, ended, lines, location);
    if (wanted) {
      state.took(attempt, ended, lines, location);
    }
    return wanted;
  }

  @Test
  void aLogThatSaysLessThanItDidDoesNotReplaceWhatItSaid() {
    try (ReadState state = ReadState.inMemory()) {
      assertThat(take(state, "app-1", false, 40, "logs/a")).isTrue();
      assertThat(take(state, "app-1", true, 103, "logs/a")).isTrue();
      assertThat(take(state, "app-1", true, 28, "logs/a")).as("compacted").isFalse();
      assertThat(take(state, "app-1", false, 200, "logs/a")).as("cut").isFalse();
      assertThat(take(state, "app-1", true, 103, "logs/a")).as("read again").isTrue();
      assertThat(take(state, "app-1", true, 103, "logs/b")).as("a copy").isFalse();
    }
  }

  @Test
  void whatWasNotHandedOverIsStillWanted() {
    try (ReadState state = ReadState.inMemory()) {
      assertThat(state.wants("app-1", true, 10, "logs/a")).isTrue();
      assertThat(state.wants("app-1", true, 10, "logs/moved")).isTrue();
    }
  }

  @Test
  void ofAFormerFileLogsAreReadAgainAndItsNumbersOfLinesAreNotCompared() throws IOException {
    Path file = directory.resolve("state");
    Files.writeString(
        file,
        "tributary event logs read, 1\n\n"
            + "log\t10\t20\tlogs/a\t.\n"
            + "application\tended\t1000\tlogs/a\tapp-1\t.\n"
            + "application\trunning\t1000\tlogs/b\tapp-2\t.\n");
    try (ReadState state = ReadState.open(file)) {
      assertThat(state.isRead(LOG)).isFalse();
      assertThat(take(state, "app-1", false, 5000, "logs/c")).isFalse();
      assertThat(take(state, "app-1", true, 7, "logs/c")).isTrue();
      state.read(LOG);
    }
    assertThat(Files.readString(file)).startsWith("tributary event logs read, 2\n");
    try (ReadState state = ReadState.open(file)) {
      assertThat(state.isRead(LOG)).isTrue();
      assertThat(take(state, "app-1", true, 6, "logs/d")).isFalse();
      assertThat(take(state, "app-2", false, 0, "logs/d")).isTrue();
      assertThat(take(state, "app-2", false, 0, "logs/e")).isFalse();
    }
  }
}
