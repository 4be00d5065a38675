package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that starts knows of the ids that runs before it landed. */
class RestartDedupTest {
  private static final int PARTITIONS = 5; // more than there are tasks, so that tasks read several
  private static final Instant FIRST = Instant.now().minus(Duration.ofHours(30));

  @TempDir static Path directory;
  private static StreamLab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = StreamLab.in(directory);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static Stream<String> signups(long from, long until) {
    return LongStream.range(from, until)
        .mapToObj(n -> TroubledEvents.event(n, "Signup", "{\"plan\": \"p\"}"));
  }

  @Test
  void findsWhatRunsBeforeItLandedInAllPartitionsAndAfterOptimize() throws Exception {
    Path lake = lab.lake("restart");
    lab.topic("restart", PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      lab.send("restart", partition, signups(partition * 100L, partition * 100L + 100));
    }
    lab.land(lake, "restart", "max-records-per-batch=130");
    for (int partition = 0; partition < PARTITIONS; partition++) {
      lab.send("restart", partition, signups(partition * 100L + 50, partition * 100L + 101));
    }

    Map<String, Object> second = lab.land(lake, "restart", "max-records-per-batch=130");

    assertThat(number(second, "duplicates")).isEqualTo(50L * PARTITIONS);
    assertThat(number(second, "accepted")).isEqualTo(PARTITIONS);
    lab.spark().sql("OPTIMIZE delta.`" + lake.resolve("silver/activity") + "`");
    for (int partition = 0; partition < PARTITIONS; partition++) {
      lab.send("restart", partition, signups(partition * 100L, partition * 100L + 101));
    }
    Map<String, Object> third = lab.land(lake, "restart");
    assertThat(number(third, "duplicates")).isEqualTo(101L * PARTITIONS);
    lab.rows(lake).assertEachRowOnce();
  }

  @Test
  void forgetsBeyondTheHorizonAlikeWithAndWithoutRestarts() throws Exception {
    List<Wave> waves = new ArrayList<>();
    waves.add(new Wave(Duration.ZERO, 0));
    waves.add(new Wave(Duration.ofMinutes(50), 100));
    waves.add(new Wave(Duration.ofMinutes(55), 0)); // within the hour: duplicates
    waves.add(new Wave(Duration.ofMinutes(20), 200)); // a clock that is behind
    waves.add(new Wave(Duration.ofMinutes(90), 300));
    waves.add(new Wave(Duration.ofMinutes(91), 0)); // beyond it: the first copy is forgotten
    waves.add(new Wave(Duration.ofMinutes(92), 0)); // the second one is not
    waves.add(new Wave(Duration.ofMinutes(93), 100));
    waves.add(new Wave(Duration.ofMinutes(94), 200)); // as old as its batch, not as its clock
    assertAlike("horizon", waves, 500, "dedup.horizon=1h");
  }

  @Test
  void forgetsTheOldestBeyondTheGreatestNumberAlikeWithAndWithoutRestarts() throws Exception {
    List<Wave> waves = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waves.add(new Wave(Duration.ofMinutes(i), i * 100));
    }
    waves.add(new Wave(Duration.ofMinutes(5), 200)); // two hundred ids are remembered
    waves.add(new Wave(Duration.ofMinutes(6), 0));
    waves.add(new Wave(Duration.ofMinutes(7), 0));
    assertAlike("greatest", waves, 500, "dedup.max-ids=200");
  }

  private record Wave(Duration time, int first) {}

  /** A run for each wave, and one for all, in batches of a wave each. */
  private static void assertAlike(String topic, List<Wave> waves, long rows, String setting)
      throws Exception {
    lab.topic(topic, 1);
    Path restarted = lab.lake(topic + "-restarted");
    Path whole = lab.lake(topic + "-whole");
    for (Wave wave : waves) {
      Stream<String> events = signups(wave.first(), wave.first() + 100);
      lab.send(topic, 0, FIRST.plus(wave.time()), events);
      lab.land(restarted, topic, setting);
    }
    lab.land(whole, topic, "max-records-per-batch=100", setting);
    lab.rows(restarted).assertSameRowsAs(lab.rows(whole));
    assertThat(lab.rows(whole).count("silver/signup_v1")).isEqualTo(rows);
  }
}
