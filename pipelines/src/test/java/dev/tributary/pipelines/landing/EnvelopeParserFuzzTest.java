package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.hadoop.conf.Configuration;

/** Whatever is done to the bytes of an event, it is landed or refused, and counted once. */
class EnvelopeParserFuzzTest {
  private static final String SEED = "20260301";
  private static final List<String> EVENTS =
      List.of(
          """
          {"type":"track","event":"Thing Done","messageId":"m","userId":"u","timestamp":"2026-02-01T\
          00:00:00Z","sentAt":"2026-02-01T00:00:01Z","context":{"ip":"::1","page":{"path":"/"},"\
          protocols":{"schema":"iglu:com.test/thing/jsonschema/1-0-0"}},"properties":{"count":1,"\
          ratio":2.5,"note":"\\u00e9\\ud83d\\ude00é😀","at":"2026-01-01T00:00:00+01:00","day":"2026-01-01"},
          "integrations":{"All":true}}""",
          """
          {"batch":[{"event":"Thing Done","properties":{}},{"type":"alias","previousId":"a","userId":
          "b"}, 7],"sentAt":1767225600000}""",
          """
          {"specversion":"1.0","id":"1","source":"/s","type":"Thing Done","time":"2026-01-01T00:00:00Z",
          "data_base64":"eyJjb3VudCI6MX0=","ext":"x"}""",
          """
          {"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"ue",
          "p":"srv","tv":"t","dtm":"1767225600000","ue_pr":"{\\"data\\":{\\"schema\\":\\"iglu:com.test/thing\
          /jsonschema/1-0-0\\",\\"data\\":{\\"count\\":3}}}","cx":"e30"},{"e":"pv","p":"web","tv":"t","url":
          "https://a.b/c?d"}]}""",
          """
          [{"event":"$identify","distinct_id":"d","uuid":"1","properties":{"$set":{"a":1},"$set_once":{}},
          "timestamp":"2026-01-01T00:00:00Z"}]""");
  private static final byte[] BITE =
      "{}[]\",:\\u0d8\0\u00ff 9eE-.nulltrue".getBytes(StandardCharsets.ISO_8859_1);

  private static OpenFiles files;
  private static RecordLander lander;

  @BeforeContainer
  static void open() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    String directory = Files.createTempDirectory(target, "fuzz").toString();
    files = new OpenFiles(directory, new Configuration(), "fuzz");
    lander = RecordLanderTest.lander(files);
  }

  @AfterContainer
  static void abandon() {
    files.abandon(new IOException("only counted"));
  }

  @Property(tries = 20_000, seed = SEED)
  void aDamagedEventIsLandedOrRefused(
      @ForAll @IntRange(max = 4) int which,
      @ForAll long seed,
      @ForAll @IntRange(max = 8) int damages)
      throws IOException {
    byte[] bytes = EVENTS.get(which).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(seed);
    for (int i = 0; i < damages; i++) {
      bytes = damage(bytes, random);
    }
    Map<String, byte[]> headers =
        random.nextInt(8) > 0
            ? Map.of()
            : Map.of(
                "ce_specversion",
                damage("1.0".getBytes(StandardCharsets.UTF_8), random),
                "ce_id",
                bytes,
                "ce_source",
                new byte[] {'s'},
                "ce_type",
                new byte[] {'t'});
    PartitionCounts counts = RecordLanderTest.land(lander, null, bytes, headers);
    assertThat(counts.events).isPositive();
    assertThat(counts.accepted + counts.rejected).isEqualTo(counts.events);
  }

  private static byte[] damage(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {BITE[random.nextInt(BITE.length)]};
    }
    int at = random.nextInt(bytes.length);
    int to = at + random.nextInt(Math.min(20, bytes.length - at));
    byte[] changed = bytes.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> changed[at] = BITE[random.nextInt(BITE.length)];
      case 2 -> changed = join(bytes, at, bytes, to, bytes.length);
      case 3 -> changed = join(bytes, to, bytes, at, bytes.length);
      default -> changed = Arrays.copyOf(bytes, at);
    }
    return changed;
  }

  /** The first bytes of one array and a range of another. */
  private static byte[] join(byte[] first, int length, byte[] second, int from, int to) {
    byte[] joined = Arrays.copyOf(first, length + to - from);
    System.arraycopy(second, from, joined, length, to - from);
    return joined;
  }
}
