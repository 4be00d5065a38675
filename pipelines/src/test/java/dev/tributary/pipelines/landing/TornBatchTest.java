package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every state in which the end of a process can leave a batch, made on purpose: files only, the
 * manifest, several numbers of its commits, all but the ledger, all but the checkpoint. A run after
 * it must end with the tables of one that nothing disturbed.
 */
class TornBatchTest {
  private static final String TOPIC = "torn";

  @TempDir static Path directory;
  private static StreamLab lab;
  private static Path whole;
  private static BatchManifest second;

  /** The tables of the second batch, in the order of their commits. */
  private static List<String> order;

  @BeforeAll
  static void start() throws Exception {
    lab = StreamLab.in(directory);
    lab.topic(TOPIC, TroubledEvents.PARTITIONS);
    TroubledEvents events = new TroubledEvents(7, Instant.now().minus(Duration.ofHours(1)));
    whole = lab.lake("whole");
    events.send(lab.servers(), TOPIC, 0, 2_000, false);
    lab.land(whole, TOPIC);
    events.send(lab.servers(), TOPIC, 2_000, 4_000, false);
    List<RemovedManifests.Manifest> removed =
        RemovedManifests.during(lab.spark(), () -> lab.land(whole, TOPIC));
    assertThat(removed).as("manifests of the second batch").hasSize(1);
    second = new ObjectMapper().readValue(removed.get(0).bytes(), BatchManifest.class);
    Set<String> tables = new LinkedHashSet<>();
    second.files().forEach(file -> tables.add(file.table()));
    for (String last : List.of(FixedTables.ACTIVITY.name(), FixedTables.BATCHES.name())) {
      tables.remove(last);
      tables.add(last);
    }
    order = List.copyOf(tables);
    assertThat(order).hasSizeGreaterThan(4);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /** A copy of the lake in which the second batch has only the first commits of its order. */
  private static Path torn(String name, int commits, boolean manifest) throws IOException {
    Path lake = lab.lake(name);
    StreamLab.copy(whole, lake);
    for (String table : order.subList(commits, order.size())) {
      Path log = lake.resolve(table.replace('.', '/')).resolve("_delta_log");
      List<Path> versions = StreamLab.files(log, ".json");
      String last = versions.get(versions.size() - 1).getFileName().toString();
      for (Path file : StreamLab.files(log, "")) {
        if (file.getFileName().toString().contains(last.replace(".json", ""))) {
          Files.delete(file);
        }
      }
    }
    for (String ending : List.of("commits/1", "commits/.1.crc")) {
      Files.deleteIfExists(lake.resolve("_checkpoints/landing").resolve(ending));
    }
    if (manifest) {
      new Manifests(lake.toString(), new Configuration()).write(second);
    }
    return lake;
  }

  private static void assertMends(Path lake) throws Exception {
    lab.land(lake, TOPIC);
    lab.rows(lake).assertSameAs(lab.rows(whole));
    assertThat(new LandedState(lake).manifests()).isEmpty();
  }

  @Test
  void filesWithoutAManifestAreLandedAnew() throws Exception {
    assertMends(torn("files", 0, false));
  }

  @Test
  void aManifestIsFinishedHoweverManyOfItsCommitsAreThere() throws Exception {
    for (int commits = 0; commits <= order.size(); commits += commits < 2 ? 1 : 3) {
      assertMends(torn("manifest-" + commits, commits, true));
    }
  }

  @Test
  void aLandedBatchUnknownToTheCheckpointIsNotLandedAgain() throws Exception {
    assertMends(torn("landed", order.size(), false));
  }

  @Test
  void aManifestIsFinishedByANewStreamWhenTheCheckpointIsGone() throws Exception {
    Path lake = torn("reset", 3, true);
    lab.forgetCheckpoint(lake, "landing");
    lab.land(lake, TOPIC);
    LakeRows rows = lab.rows(lake);
    rows.assertEachRowOnce();
    assertThat(rows.count("silver/activity")).isEqualTo(lab.rows(whole).count("silver/activity"));
  }

  @Test
  void aManifestWhoseFilesAreGoneIsLandedAnewOrRefusedWhereThatWouldLose() throws Exception {
    Path nothing = torn("gone-nothing", 0, true);
    removeFiles(nothing, 0);
    assertMends(nothing);
    Path some = torn("gone-some", 2, true);
    removeFiles(some, 2);
    assertThatThrownBy(() -> lab.land(some, TOPIC)).hasMessageContaining("committed in part");
  }

  private static void removeFiles(Path lake, int from) throws IOException {
    List<String> uncommitted = new ArrayList<>(order.subList(from, order.size()));
    for (WrittenFile file : second.files()) {
      if (uncommitted.contains(file.table())) {
        Files.delete(lake.resolve(file.table().replace('.', '/')).resolve(file.path()));
      }
    }
  }
}
