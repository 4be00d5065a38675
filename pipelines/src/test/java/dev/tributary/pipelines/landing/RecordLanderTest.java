package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad input gets, one record at a time. */
class RecordLanderTest {
  private static final long NOW = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli() * 1000;

  @TempDir static Path directory;
  private static OpenFiles files;
  private static RecordLander lander;
  private static final IdIndex KNOWN = new IdIndex();

  @BeforeAll
  static void open() {
    files = new OpenFiles(directory.toString(), new Configuration(), "test");
    lander = lander(files);
  }

  static RecordLander lander(OpenFiles files) {
    return new RecordLander(
        LandingPlan.of(BadInput.documents()),
        new LandingLimits(1 << 20, Instant.parse("2000-01-01T00:00:00Z"), Duration.ofHours(24)),
        files,
        NOW,
        "test",
        false);
  }

  @AfterAll
  static void abandon() {
    files.abandon(new IOException("only counted"));
  }

  static List<Wire> badInput() {
    return BadInput.all();
  }

  @ParameterizedTest
  @MethodSource("badInput")
  void landsOrRefusesByTheStatedRule(Wire wire) throws IOException {
    PartitionCounts counts = land(lander, KNOWN, wire.bytes(), Map.of());
    assertThat(fate(counts)).isEqualTo(wire.fate());
    assertThat(counts.events).isEqualTo(1);
  }

  @Test
  void landsEachEventOfAHugeBatch() throws IOException {
    StringBuilder batch = new StringBuilder("{\"sentAt\": \"2026-02-28T23:59:00Z\", \"batch\": [");
    for (int i = 0; i < 8000; i++) {
      batch.append(i == 0 ? "" : ",").append(Wire.event("huge" + i, "\"userId\": " + (i % 7)));
    }
    byte[] bytes = batch.append(", {\"type\": 1}]}").toString().getBytes(StandardCharsets.UTF_8);
    PartitionCounts counts = land(lander, KNOWN, bytes, Map.of());
    assertThat(counts.records).isEqualTo(1);
    assertThat(counts.accepted).isEqualTo(8000);
    assertThat(counts.rejected).isEqualTo(1);
  }

  @Test
  void aCloudEventInBinaryModeMayHaveNoData() throws IOException {
    Map<String, byte[]> headers =
        Map.of(
            "ce_specversion", bytes("1.0"),
            "ce_id", bytes("1"),
            "ce_source", bytes("/s"),
            "ce_type", bytes("Thing Done"));
    assertThat(fate(land(lander, KNOWN, null, headers))).isEqualTo(Wire.ACCEPTED);
    assertThat(fate(land(lander, KNOWN, new byte[0], headers))).isEqualTo(Wire.DUPLICATE);
  }

  static PartitionCounts land(
      RecordLander lander, IdIndex known, byte[] bytes, Map<String, byte[]> headers)
      throws IOException {
    RawRecord record = new RawRecord();
    record.landedFrom = "test";
    record.timeMicros = NOW;
    record.value = bytes;
    record.headers = headers;
    PartitionCounts counts = new PartitionCounts("test", 0);
    lander.land(record, known, counts);
    return counts;
  }

  private static String fate(PartitionCounts counts) {
    if (counts.accepted == 1) {
      return Wire.ACCEPTED;
    }
    for (RejectReason reason : RejectReason.values()) {
      if (counts.reasons[reason.ordinal()] == 1) {
        return reason.code();
      }
    }
    return Wire.DUPLICATE;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
