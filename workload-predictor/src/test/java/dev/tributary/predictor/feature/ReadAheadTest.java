package dev.tributary.predictor.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.eventlog.LogSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  @Test
  void aLogThatCannotBeReadDoesNotEndThePassWhateverTheReaderThrows() {
    List<LogSource> logs =
        Stream.of("a", "b", "c", "d")
            .map(
                name ->
                    new LogSource(
                        name, new LogName(name, Optional.empty(), false), List.of(), false))
            .toList();
    List<ReadAhead.Result<String>> results = new ArrayList<>();
    try (ReadAhead ahead = new ReadAhead(2)) {
      ahead.read(logs, (reader, log) -> nameOf(log), results::add);
    }
    assertThat(results).extracting(ReadAhead.Result::log).isEqualTo(logs);
    assertThat(results.get(0).value()).hasValue("a");
    assertThat(results.get(1).failure()).containsInstanceOf(IllegalArgumentException.class);
    assertThat(results.get(2).failure()).containsInstanceOf(IOException.class);
    assertThat(results.get(3).value()).hasValue("d");
  }

  private static String nameOf(LogSource log) throws IOException {
    if (log.location().equals("b")) {
      throw new IllegalArgumentException("not understood");
    }
    if (log.location().equals("c")) {
      throw new IOException("not there");
    }
    return log.location();
  }
}
