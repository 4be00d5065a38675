package dev.tributary.pipelines.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.eventlog.EventLogGenerator;
import dev.tributary.predictor.eventlog.LogStorage;
import dev.tributary.predictor.eventlog.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopLogStorageTest {
  @TempDir private Path directory;

  private final HadoopLogStorage storage = new HadoopLogStorage();

  @Test
  void listsAndOpensLogsThroughHadoop() throws IOException {
    EventLogGenerator log = new EventLogGenerator(1, 1, 1, 3, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    log.write(bytes);
    Files.write(directory.resolve(log.id()), bytes.toByteArray());
    Files.createDirectory(directory.resolve("a directory"));
    String place = directory.toUri().toString();

    assertThat(storage.status(place).orElseThrow().directory()).isTrue();
    assertThat(storage.list(place))
        .extracting(StoredFile::name)
        .containsExactly("a directory", log.id());
    StoredFile file = storage.list(place).get(1);
    assertThat(file.bytes()).isEqualTo(bytes.size());
    try (InputStream in = storage.open(file.location())) {
      assertThat(in.readAllBytes()).isEqualTo(bytes.toByteArray());
    }
    assertThat(storage.status(place + "missing")).isEmpty();
  }

  @Test
  void isFoundForWhatHadoopHasAClassForAndForNothingElse() {
    assertThat(LogStorage.of("hdfs://namenode/logs")).isInstanceOf(HadoopLogStorage.class);
    assertThat(storage.takes("nowhere://bucket/logs")).isFalse();
    assertThat(storage.takes("/var/logs")).isFalse();
  }
}
