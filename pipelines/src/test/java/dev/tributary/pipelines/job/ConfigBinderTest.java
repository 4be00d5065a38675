package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBinderTest {
  enum Trigger {
    AVAILABLE_NOW,
    CONTINUOUS
  }

  record Retry(@Default("3") int attempts, @Default("10s") Duration pause) {}

  record Landing(
      String topic,
      @Default("500_000") long maxBatchRows,
      @Default("0.5") double share,
      @Default("false") boolean strict,
      @Default("available-now") Trigger trigger,
      Optional<Instant> from,
      Optional<Path> mapping,
      List<String> sources,
      Retry retry,
      Map<String, String> kafka,
      @Secret Optional<String> pin) {
    Landing {
      if (share > 1) {
        throw new IllegalArgumentException("share is " + share + ", it must be at most 1");
      }
    }
  }

  @TempDir Path directory;

  @Test
  void takesDefaultsForWhatIsNotGiven() {
    Landing landing = ConfigBinder.bind(Landing.class, "topic=events");
    assertThat(landing)
        .isEqualTo(
            new Landing(
                "events",
                500_000,
                0.5,
                false,
                Trigger.AVAILABLE_NOW,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Retry(3, Duration.ofSeconds(10)),
                Map.of(),
                Optional.empty()));
  }

  @Test
  void bindsEveryFormOfValue() {
    Landing landing =
        ConfigBinder.bind(
            Landing.class,
            "topic=a=b",
            "max-batch-rows=7",
            "share=0.25",
            "strict=TRUE",
            "trigger=Continuous",
            "from=2026-01-31",
            "mapping=some/file.yaml",
            "sources=web, app,,crm",
            "retry.attempts=9",
            "retry.pause=PT1M30S",
            "kafka.security.protocol=SSL",
            "kafka.ssl.keystore.password=hidden",
            "pin=1234");
    assertThat(landing)
        .isEqualTo(
            new Landing(
                "a=b",
                7,
                0.25,
                true,
                Trigger.CONTINUOUS,
                Optional.of(Instant.parse("2026-01-31T00:00:00Z")),
                Optional.of(Path.of("some/file.yaml")),
                List.of("web", "app", "crm"),
                new Retry(9, Duration.ofSeconds(90)),
                Map.of("security.protocol", "SSL", "ssl.keystore.password", "hidden"),
                Optional.of("1234")));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "10s,10000", "2 m,120000", "1h,3600000", "7d,604800000", "PT0.5S,500"})
  void readsDurationsInBothForms(String text, long millis) {
    assertThat(ConfigBinder.bind(Retry.class, "pause=" + text).pause())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Property(seed = "2003")
  void readsBackAnyDurationItWouldPrint(@ForAll @LongRange(min = 0, max = 1L << 40) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(ConfigBinder.bind(Retry.class, "pause=" + duration).pause()).isEqualTo(duration);
    assertThat(ConfigBinder.bind(Retry.class, "pause=" + millis + "ms").pause())
        .isEqualTo(duration);
  }

  @Test
  void namesTheNearestKeyForAnUnknownOne() {
    assertRefused(
        "Unknown key 'max-bach-rows' (command line). Did you mean 'max-batch-rows'?",
        "topic=x",
        "max-bach-rows=1");
    assertRefused(
        "Unknown key 'retry.atempts' (command line). Did you mean 'retry.attempts'?",
        "topic=x",
        "retry.atempts=1");
    assertRefused("Unknown key 'kafka'", "topic=x", "kafka=1");
  }

  @Test
  void saysKeyValueAndFormOfAWrongValue() {
    assertRefused(
        "The value 'ten' of key 'max-batch-rows' (command line) is not a whole number.",
        "topic=x",
        "max-batch-rows=ten");
    assertRefused(
        "is not one of available-now, continuous. Fix: give for example trigger=available-now.",
        "topic=x",
        "trigger=now");
    assertRefused(
        "'10 parsecs' of key 'retry.pause' (command line) is not a duration",
        "topic=x",
        "retry.pause=10 parsecs");
    assertRefused(
        "'yes' of key 'strict' (command line) is not true or false", "topic=x", "strict=yes");
    assertRefused("'NaN' of key 'share'", "topic=x", "share=NaN");
  }

  @Test
  void saysWhichKeysAreMissing() {
    assertRefused("needs topic.", "strict=true");
  }

  @Test
  void refusesAnArgumentThatIsNoPair() {
    assertRefused(
        "The argument '--topic' is not key=value. Fix: write for example topic=<value>.",
        "--topic");
    assertRefused("Key 'topic' is given twice", "topic=a", "topic=b");
  }

  @Test
  void passesOnWhatTheRecordRefuses() {
    assertRefused("share is 2.0, it must be at most 1", "topic=x", "share=2");
  }

  @Test
  void neverShowsTheValueOfASecret() {
    record Keys(@Secret Optional<Integer> pin, Optional<Integer> apiToken) {}
    for (String key : List.of("pin", "api-token")) {
      assertThatThrownBy(() -> ConfigBinder.bind(Keys.class, key + "=geheim"))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("'***' of key '" + key + "'")
          .hasMessageNotContaining("geheim");
    }
  }

  @Test
  void readsYamlJsonAndPropertiesAlikeAndLetsArgumentsWin() throws IOException {
    String yaml =
        "topic: events\nretry:\n  pause: 5m\nsources: [web, \"a,b\"]\nkafka:\n  security.protocol: SSL\n  version: 1.10\npin:\n";
    String json =
        "{\"topic\":\"events\",\"retry\":{\"pause\":\"5m\"},\"sources\":[\"web\",\"a,b\"],\"kafka\":{\"security.protocol\":\"SSL\",\"version\":1.10},\"pin\":null}";
    for (Path file : List.of(write("c.yaml", yaml), write("c.json", json))) {
      Landing landing = ConfigBinder.bind(Landing.class, "config=" + file, "retry.attempts=1");
      assertThat(landing.retry()).isEqualTo(new Retry(1, Duration.ofMinutes(5)));
      assertThat(landing.sources()).containsExactly("web", "a,b");
      assertThat(landing.kafka()).isEqualTo(Map.of("security.protocol", "SSL", "version", "1.10"));
      assertThat(ConfigBinder.bind(Landing.class, "config=" + file, "topic=other").topic())
          .isEqualTo("other");
    }
    Path properties = write("c.properties", "topic = events\nretry.pause=5m\nkafka.a=b\n");
    Landing landing = ConfigBinder.bind(Landing.class, "config=" + properties);
    assertThat(landing.retry().pause()).isEqualTo(Duration.ofMinutes(5));
    assertThat(landing.kafka()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void saysFileAndLineOfWhatAFileHasWrong() throws IOException {
    assertRefused(
        "Unknown key 'topik' (c.yaml:2). Did you mean 'topic'?",
        "config=" + write("c.yaml", "strict: true\ntopik: x\n"));
    assertRefused("d.yaml' cannot be read, line", "config=" + write("d.yaml", "a: [\n"));
    assertRefused(
        "e.json' cannot be read, line",
        "config=" + write("e.json", "{\"topic\":\"a\",\"topic\":\"b\"}"));
    assertRefused("absent.yaml' does not exist", "config=" + directory.resolve("absent.yaml"));
    assertRefused("has the unknown ending 'toml'", "config=" + write("f.toml", "topic = 1"));
    assertRefused("holds a list of objects", "config=" + write("g.yaml", "sources:\n  - a: 1\n"));
  }

  @Test
  void refusesARecordThatNoTextCanFill() {
    record Wrong(Map<String, Integer> counts) {}
    assertThatThrownBy(() -> ConfigBinder.bind(Wrong.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Wrong.counts: configuration cannot hold");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> ConfigBinder.bind(Landing.class, arguments))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message);
  }
}
