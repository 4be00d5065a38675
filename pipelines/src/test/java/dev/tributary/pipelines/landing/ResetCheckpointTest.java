package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.broker.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that is deleted, or older than the lake, and a topic that is made anew. */
class ResetCheckpointTest {
  private static final LongFunction<String> VIEW =
      n -> TroubledEvents.event(n, "View", "{\"page\": \"/" + n + "\"}");

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

  private static Stream<String> views(long from, long until) {
    return LongStream.range(from, until).mapToObj(VIEW);
  }

  @Test
  void landsNothingTwiceAndCountsWhatHadLandedAsDuplicates() throws Exception {
    Path lake = lab.lake("reset");
    lab.topic("reset", 2);
    lab.send("reset", 0, views(0, 200));
    lab.send("reset", 1, views(200, 300));
    lab.land(lake, "reset", "max-records-per-batch=90");
    lab.forgetCheckpoint(lake, "landing");
    lab.send("reset", 0, views(150, 250)); // 50 that partition 0 delivered, 50 that it did not

    Map<String, Object> result = lab.land(lake, "reset", "max-records-per-batch=90");

    assertThat(number(result, "records")).isEqualTo(400);
    assertThat(number(result, "duplicates")).isEqualTo(350);
    assertThat(number(result, "accepted")).isEqualTo(50);
    lab.rows(lake).assertEachRowOnce();
    assertThat(lab.rows(lake).count("silver/view_v1")).isEqualTo(350);

    lab.send("reset", 1, views(290, 310));
    assertThat(number(lab.land(lake, "reset"), "duplicates")).isEqualTo(10);
  }

  @Test
  void aTopicMadeAnewLandsUnderANewCheckpointAndIsRefusedUnderTheOld() throws Exception {
    Path lake = lab.lake("anew");
    lab.topic("anew", 1);
    lab.send("anew", 0, views(0, 100));
    lab.land(lake, "anew");
    new Topics(lab.servers()).delete("anew");
    awaitGone("anew");
    lab.topic("anew", 1);
    lab.send("anew", 0, views(1000, 1150));

    assertThatThrownBy(() -> lab.land(lake, "anew"))
        .hasMessageContaining("anew")
        .hasMessageContaining("made again");
    lab.forgetCheckpoint(lake, "landing");
    Map<String, Object> result = lab.land(lake, "anew");

    assertThat(number(result, "accepted")).isEqualTo(150);
    assertThat(lab.rows(lake).count("silver/view_v1")).isEqualTo(250);
    lab.send("anew", 0, views(1000, 1010));
    assertThat(number(lab.land(lake, "anew"), "duplicates")).isEqualTo(10);
  }

  @Test
  void aCheckpointOlderThanTheLakeIsRefusedAndDeletingItMendsThat() throws Exception {
    Path lake = lab.lake("older");
    lab.topic("older", 1);
    lab.send("older", 0, views(0, 100));
    lab.land(lake, "older");
    Path backup = lab.lake("backup");
    StreamLab.copy(lake.resolve("_checkpoints"), backup);
    lab.send("older", 0, views(100, 200));
    lab.land(lake, "older");
    StreamLab.delete(lake.resolve("_checkpoints"));
    StreamLab.copy(backup, lake.resolve("_checkpoints"));
    lab.send("older", 0, views(200, 300));

    assertThatThrownBy(() -> lab.land(lake, "older"))
        .hasMessageContaining("older than the lake")
        .hasMessageContaining("delete the checkpoint");
    lab.forgetCheckpoint(lake, "landing");
    Map<String, Object> result = lab.land(lake, "older");

    assertThat(number(result, "accepted")).isEqualTo(100);
    lab.rows(lake).assertEachRowOnce();
    assertThat(lab.rows(lake).count("silver/view_v1")).isEqualTo(300);
  }

  private static void awaitGone(String topic) throws InterruptedException {
    while (new Topics(lab.servers()).partitions(topic).isPresent()) {
      Thread.sleep(100);
    }
  }
}
