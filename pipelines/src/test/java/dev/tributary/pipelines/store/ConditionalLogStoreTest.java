package dev.tributary.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConditionalLogStoreTest {
  private static final int DRIVERS = 4;
  private static Configuration hadoop;
  private static String log;

  @BeforeAll
  static void start() {
    hadoop = S3Server.running().hadoop();
    log = S3Server.running().bucket("delta-log") + "/";
  }

  private static Path version(long version) {
    return new Path(log + "table/_delta_log/%020d.json".formatted(version));
  }

  private static List<String> lines(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var read = new ConditionalLogStore(hadoop).read(path, hadoop)) {
      read.forEachRemaining(lines::add);
    }
    return lines;
  }

  @Test
  void ofDriversThatCommitOneVersionOneDoesAndTheOthersAreTold() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(DRIVERS);
    try {
      for (long version = 0; version < 5; version++) {
        Path path = version(version);
        List<Callable<String>> drivers =
            IntStream.range(0, DRIVERS).mapToObj(n -> driver(path, "driver " + n)).toList();
        List<String> committed = new ArrayList<>();
        for (Future<String> driver : pool.invokeAll(drivers)) {
          if (driver.get() != null) {
            committed.add(driver.get());
          }
        }
        assertThat(committed).hasSize(1);
        assertThat(lines(path)).containsExactly(committed.get(0), "{}");
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(new ConditionalLogStore(hadoop).listFrom(version(3), hadoop))
        .toIterable()
        .extracting(file -> file.getPath().getName())
        .containsExactly(version(3).getName(), version(4).getName());
  }

  private static Callable<String> driver(Path path, String text) {
    return () -> {
      try {
        new ConditionalLogStore(hadoop).write(path, List.of(text, "{}").iterator(), false, hadoop);
        return text;
      } catch (FileAlreadyExistsException another) {
        return null;
      }
    };
  }

  @Test
  void whatMayBeOverwrittenIs() throws IOException {
    ConditionalLogStore store = new ConditionalLogStore(hadoop);
    Path path = new Path(log + "other/_delta_log/_last_checkpoint");
    store.write(path, List.of("1").iterator(), true, hadoop);
    store.write(path, List.of("2").iterator(), true, hadoop);
    assertThat(lines(path)).containsExactly("2");
    assertThatThrownBy(() -> store.write(path, List.of("3").iterator(), false, hadoop))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("_last_checkpoint");
  }
}
