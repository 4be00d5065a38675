package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.SnappyOutputStream;

/** Of a packed log that was cut all is read that can be unpacked, to the last byte. */
class CutLogsTest {
  private static final EventLogGenerator LOG = new EventLogGenerator(7, 12, 2, 120, 2);
  private static final byte[] PLAIN = PackedLogsTest.plain(LOG).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void allThatCanBeUnpackedIsRead(Packing packing) throws IOException {
    byte[] packed = packing.packed(PLAIN);
    for (int percent : new int[] {20, 50, 90, 99}) {
      byte[] cut = Arrays.copyOf(packed, packed.length * percent / 100);
      int unpacked = unpacked(cut);
      LogCounts counts = read(cut);
      assertThat(counts.bytes()).as("%d %%", percent).isEqualTo(unpacked);
      assertThat(counts.damage()).as("%d %%", percent).isPresent();
      assertThat(counts.unparsed()).as("%d %%", percent).isLessThanOrEqualTo(1);
      assertThat(counts.recognised()).as("%d %%", percent).isEqualTo(unpacked > 0);
    }
    assertThat(unpacked(Arrays.copyOf(packed, packed.length * 9 / 10)))
        .isGreaterThan(PLAIN.length / 2);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void ofAGarbledOneAtMostAStepIsLost(Packing packing) throws IOException {
    byte[] garbled = packing.packed(PLAIN);
    Arrays.fill(garbled, garbled.length * 3 / 4, garbled.length * 3 / 4 + 64, (byte) 0xFF);
    LogCounts counts = read(garbled);
    assertThat(counts.bytes()).isGreaterThanOrEqualTo(unpacked(garbled) - Codec.STEP);
    assertThat(counts.damage()).isPresent();
  }

  @Test
  void aLogPackedTwiceIsReadToTheCutToo() throws IOException {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    try (OutputStream out = new SnappyOutputStream(new GZIPOutputStream(twice))) {
      out.write(PLAIN);
    }
    byte[] cut = Arrays.copyOf(twice.toByteArray(), twice.size() * 3 / 4);
    LogCounts counts = read(cut);
    assertThat(counts.bytes()).isGreaterThan(PLAIN.length / 2);
    assertThat(counts.damage()).isPresent();
  }

  @Test
  void theOtherPartsOfARollingLogAreReadAfterOneThatWasCut() throws IOException {
    Path rolling = Files.createDirectory(directory.resolve("eventlog_v2_" + LOG.id()));
    int half = PackedLogsTest.plain(LOG).indexOf('\n', PLAIN.length / 2) + 1;
    byte[] first = Packing.GZ.packed(Arrays.copyOf(PLAIN, half));
    Files.write(
        rolling.resolve("events_1_" + LOG.id() + ".gz"),
        Arrays.copyOf(first, first.length * 3 / 4));
    Files.write(
        rolling.resolve("events_2_" + LOG.id()), Arrays.copyOfRange(PLAIN, half, PLAIN.length));
    Reading.Log log = Reading.of(directory).only();
    assertThat(log.counts().taskEnds()).isGreaterThan(120);
    assertThat(log.counts().damage()).isPresent();
    assertThat(log.events(Event.ApplicationStart.class)).hasSize(1);
    assertThat(log.events(Event.ApplicationEnd.class)).hasSize(1);
  }

  @Test
  void ofAZipThatWasCutTheEntriesAreReadAsFarAsTheyGo() throws IOException {
    byte[] zip = zip();
    Reading cut = Reading.of(write("logs.zip", Arrays.copyOf(zip, zip.length * 3 / 4)));
    assertThat(cut.logs()).hasSize(2);
    assertThat(cut.logs().get(0).events(Event.ApplicationEnd.class)).hasSize(1);
    LogCounts second = cut.logs().get(1).counts();
    assertThat(second.damage()).isPresent();
    assertThat(second.taskEnds()).isBetween(20L, 239L);
    Reading stub = Reading.of(write("stub.zip", Arrays.copyOf(zip, 20)));
    assertThat(stub.only().counts().damage()).isPresent();
  }

  @Test
  void ofAGarbledEntryOfAZipWhatCameBeforeCounts() throws IOException {
    byte[] zip = zip();
    Arrays.fill(zip, zip.length * 3 / 4, zip.length * 3 / 4 + 64, (byte) 0xFF);
    Reading garbled = Reading.of(write("logs.zip", zip));
    assertThat(garbled.logs().get(0).counts().damage()).isEmpty();
    LogCounts second = garbled.logs().get(1).counts();
    assertThat(second.damage()).isPresent();
    assertThat(second.taskEnds()).isGreaterThan(20);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"application_1_1", "application_1_2"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(PLAIN);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A byte at a time, so that nothing is lost with the call that fails. */
  private static int unpacked(byte[] packed) {
    int bytes = 0;
    try (InputStream in =
        Codec.of(Arrays.copyOf(packed, 10)).unpack(new ByteArrayInputStream(packed))) {
      while (in.read() >= 0) {
        bytes++;
      }
    } catch (IOException | RuntimeException e) {
      return bytes;
    }
    return bytes;
  }

  private LogCounts read(byte[] content) throws IOException {
    return Reading.of(write(LOG.id(), content)).only().counts();
  }

  private Path write(String name, byte[] content) throws IOException {
    Path place = Files.createTempDirectory(directory, ".log").resolve(name);
    return Files.write(place, content);
  }
}
