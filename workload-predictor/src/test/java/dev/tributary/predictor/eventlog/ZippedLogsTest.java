package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZippedLogsTest {
  private static final String END =
      "{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":%d}\n";

  @TempDir private Path directory;

  @Test
  void anEntryIsFoundWhateverItsNameAlsoWhereTheZipWasCut() throws IOException {
    Path whole = zip("b!/whole.zip", "a!/app-1", "!/app-2", "app-3!/");
    Path cut = directory.resolve("cut.zip");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 30));
    for (Path file : List.of(whole, cut)) {
      assertThat(Reading.of(file).logs())
          .as(file.toString())
          .flatExtracting(Reading.Log::events)
          .containsExactlyInAnyOrder(
              new Event.ApplicationEnd(0, null), new Event.ApplicationEnd(1, null));
    }
  }

  @Test
  void entriesOfACutZipAreReadInAnyOrderUntilTooMuchWouldBeUnpackedAgain() throws IOException {
    Path file = zip("x.zip", "0", "1", "2", "3");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
    try (CutZip cut = new CutZip(file, 2000)) {
      for (int entry : new int[] {0, 2, 3, 1, 2, 0, 2}) {
        assertThat(text(cut, entry)).isEqualTo(END.formatted(entry));
      }
      assertThatThrownBy(() -> text(cut, 1))
          .isInstanceOf(ZipException.class)
          .hasMessageContaining("2000 bytes");
    }
  }

  private static String text(CutZip zip, int entry) throws IOException {
    try (InputStream in = zip.open(Integer.toString(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A zip whose n-th entry holds an end at n. */
  private Path zip(String name, String... entries) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < entries.length; i++) {
        zip.putNextEntry(new ZipEntry(entries[i]));
        if (!entries[i].endsWith("/")) {
          zip.write(END.formatted(i).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return file;
  }
}
