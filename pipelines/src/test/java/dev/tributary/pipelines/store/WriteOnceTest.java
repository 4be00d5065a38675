package dev.tributary.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WriteOnceTest {
  private static final int WRITERS = 8;
  private static Configuration hadoop;
  private static String bucket;

  @BeforeAll
  static void start() {
    hadoop = S3Server.running().hadoop();
    bucket = S3Server.running().bucket("write-once");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String read(Path path) throws IOException {
    try (var in = path.getFileSystem(hadoop).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void ofManyThatWriteOneObjectOneDoesAndTheOthersAreTold() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path path = new Path(bucket + "/race/" + round + ".json");
      List<String> written = race(path);
      assertThat(written).hasSize(1);
      assertThat(read(path)).isEqualTo(written.get(0));
    }
  }

  /** The texts of the writers that succeeded. */
  private static List<String> race(Path path) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<String>> writers =
          IntStream.range(0, WRITERS).mapToObj(n -> writer(path, "writer " + n)).toList();
      List<String> written = new ArrayList<>();
      for (Future<String> writer : pool.invokeAll(writers)) {
        if (writer.get() != null) {
          written.add(writer.get());
        }
      }
      return written;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Callable<String> writer(Path path, String text) {
    return () -> {
      try {
        WriteOnce.write(path, bytes(text), hadoop);
        return text;
      } catch (FileAlreadyExistsException another) {
        return null;
      }
    };
  }

  @Test
  void aTryWhoseAnswerWasLostIsKnownByItsBytes() throws Exception {
    Path path = new Path(bucket + "/again.json");
    WriteOnce.write(path, bytes("same"), hadoop);
    WriteOnce.write(path, bytes("same"), hadoop);
    assertThatThrownBy(() -> WriteOnce.write(path, bytes("other"), hadoop))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("again.json");
    assertThat(read(path)).isEqualTo("same");
  }

  @Test
  void whereTheStoreIsSaidToLackConditionsAStandingFileIsStillKept() throws Exception {
    Configuration without = S3Server.running().hadoop(S3Settings.CONDITIONAL + "=false");
    without.setBoolean("fs.s3a.impl.disable.cache", true);
    Path path = new Path(bucket + "/plain/file.json");
    WriteOnce.write(path, bytes("first"), without);
    assertThatThrownBy(() -> WriteOnce.write(path, bytes("second"), without))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(path)).isEqualTo("first");
  }

  @Test
  void whatIsWrittenGoesWithItsRemovalAndCanBeWrittenAnew() throws Exception {
    Path path = new Path(bucket + "/removed.json");
    FileSystem files = path.getFileSystem(hadoop);
    WriteOnce.write(path, bytes("first"), hadoop);
    files.delete(path, false);
    WriteOnce.write(path, bytes("second"), hadoop);
    assertThat(read(path)).isEqualTo("second");
  }
}
