package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a log is packed and cut into files, it reads as the plain one. */
class PackedLogsTest {
  private static final EventLogGenerator LOG = new EventLogGenerator(7, 12, 3, 40, 2);

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aPackedLogReadsAsThePlainOne(Packing packing) throws IOException {
    // The name lies: what counts is what is in it.
    Path file = write(LOG.id() + ".lz4", packing.packed(plain()));
    assertSame(Reading.of(file).only());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void framesOneAfterTheOtherAreOneLog(Packing packing) throws IOException {
    byte[] text = plain();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(packing.packed(Arrays.copyOf(text, text.length / 2)));
    both.write(packing.packed(Arrays.copyOfRange(text, text.length / 2, text.length)));
    assertSame(Reading.of(write(LOG.id(), both.toByteArray())).only());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void ofAPackedLogThatWasCutWhatIsThereCounts(Packing packing) throws IOException {
    byte[] packed = packing.packed(big());
    Path file = write(LOG.id() + ".inprogress", Arrays.copyOf(packed, packed.length * 2 / 3));
    Reading.Log log = Reading.of(file).only();
    assertThat(log.counts().damage()).isPresent();
    assertThat(log.counts().taskEnds()).isBetween(100L, 3999L);
    assertThat(log.counts().unparsed()).isLessThanOrEqualTo(1);
    assertThat(log.log().name().inProgress()).isTrue();
  }

  @Test
  void aRollingLogIsReadInTheOrderOfItsNumbersFromTheLastCompactedPart() throws IOException {
    String id = "spark-0123456789abcdef0123456789abcdef";
    Path rolling = Files.createDirectory(directory.resolve("eventlog_v2_" + id + "_2"));
    List<String> lines = plain(LOG).lines().toList();
    Files.writeString(rolling.resolve("appstatus_" + id + ".inprogress"), "");
    Files.writeString(rolling.resolve("events_1_" + id), "{\"Event\":\"gone\"}\n");
    Files.writeString(rolling.resolve("events_2_" + id + ".compact"), text(lines, 0, 50));
    Files.writeString(rolling.resolve("events_2_" + id), "{\"Event\":\"gone\"}\n");
    Files.write(
        rolling.resolve("events_10_" + id + ".zstd"),
        Packing.ZSTD.packed(text(lines, 200, lines.size()).getBytes()));
    for (int part = 3; part < 10; part++) {
      int from = 50 + (part - 3) * 20;
      Files.writeString(
          rolling.resolve("events_" + part + "_" + id),
          text(lines, from, part == 9 ? 200 : from + 20));
    }
    Reading.Log log = Reading.of(directory).only();
    assertThat(log.events()).isEqualTo(Reading.of(write("plain", plain())).only().events());
    assertThat(log.log().incomplete()).isTrue();
    assertThat(log.log().name()).isEqualTo(new LogName(id, Optional.of("2"), true));
  }

  @Test
  void databricksPartsAreReadByDateAndTheCurrentOneLast() throws IOException {
    Path parts = Files.createDirectories(directory.resolve("1234_10_0_0_1/5678"));
    List<String> lines = plain(LOG).lines().toList();
    Files.writeString(parts.resolve("eventlog"), text(lines, 100, lines.size()));
    Files.write(
        parts.resolve("eventlog-2024-01-02--09-00.gz"),
        Packing.GZ.packed(text(lines, 60, 100).getBytes()));
    Files.write(
        parts.resolve("eventlog-2024-01-01--23-00.gz"),
        Packing.GZ.packed(text(lines, 0, 60).getBytes()));
    assertSame(Reading.of(directory).only());
  }

  @Test
  void aHistoryServersZipHoldsAnAttemptOrARollingDirectory() throws IOException {
    List<String> lines = plain(LOG).lines().toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      String id = LOG.id();
      put(zip, "eventlog_v2_" + id + "/events_10_" + id, text(lines, 100, lines.size()).getBytes());
      put(zip, "eventlog_v2_" + id + "/events_9_" + id, text(lines, 0, 100).getBytes());
      put(zip, "eventlog_v2_" + id + "/appstatus_" + id, new byte[0]);
      put(zip, id + "_2.zstd", Packing.ZSTD.packed(plain()));
    }
    Reading zip = Reading.of(write("eventLogs-" + LOG.id() + ".zip", bytes.toByteArray()));
    assertThat(zip.logs()).hasSize(2);
    zip.logs().forEach(PackedLogsTest::assertSame);
    assertThat(zip.logs().get(0).log().name().attempt()).contains("2");
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static void assertSame(Reading.Log log) {
    assertThat(log.counts().damage()).isEmpty();
    assertThat(log.counts().unparsed()).isZero();
    assertThat(log.counts().taskEnds()).isEqualTo(120);
    assertThat(log.counts().stagesCompleted()).isEqualTo(3);
    assertThat(log.counts().lines()).isEqualTo(lineCount());
    assertThat(log.log().name().application()).isNotEmpty();
  }

  private static long lineCount() {
    return plain(LOG).lines().count();
  }

  private static String text(List<String> lines, int from, int to) {
    return String.join("\n", lines.subList(from, to)) + "\n";
  }

  private static byte[] plain() {
    return plain(LOG).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] big() {
    return plain(new EventLogGenerator(7, 12, 4, 1000, 2)).getBytes(StandardCharsets.UTF_8);
  }

  static String plain(EventLogGenerator log) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      log.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, byte[] content) throws IOException {
    Path place = Files.createTempDirectory(directory, ".log").resolve(name);
    return Files.write(place, content);
  }
}
