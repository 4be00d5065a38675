package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.ChildBroker;
import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the landing process, over and over, while it lands a topic with redeliveries, broken events
 * and a schema that gains a version half-way, and compares what it ends with to a run that nobody
 * disturbed.
 */
class SigkillTest {
  private static final long SEED = 20_261_122;
  private static final int KILLS_A_HALF = 10;
  private static final int RECORDS_A_BATCH = 800;
  private static final int BATCHES_A_WAVE = 12;
  private static final long WAVE = (long) RECORDS_A_BATCH * BATCHES_A_WAVE;
  private static final Duration SLOWEST_START = Duration.ofMinutes(5);
  private static final Duration SLOWEST_RUN = Duration.ofMinutes(15);
  private static final int LATEST_KILL_MILLIS = 4_000;
  private static final String TOPIC = "events";

  @TempDir Path directory;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final TroubledEvents events =
      new TroubledEvents(SEED, Instant.now().minus(Duration.ofHours(1)));
  private final Map<String, Integer> found = new TreeMap<>();
  private ChildBroker broker;
  private LandingLab lab;
  private Path lake;
  private LandedState state;
  private long sent;
  private int kills;
  private int runs;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void endsWithTheTablesOfAnUndisturbedRunAfterTwentyKills() throws Exception {
    System.out.println("seed " + SEED);
    lab = LandingLab.in(directory);
    lake = directory.resolve("the killed lake");
    state = new LandedState(lake);
    Path undisturbed = directory.resolve("undisturbed");
    try (ChildBroker started = ChildBroker.startTemporary()) {
      broker = started;
      new Topics(broker.bootstrapServers()).create(TOPIC, TroubledEvents.PARTITIONS);
      SparkSession spark = LakeSession.on(Lake.at(undisturbed)).open();
      try {
        half(false);
        land(spark, undisturbed);
        lab.addOrderVersion();
        half(true);
        land(spark, undisturbed);
        System.out.println(kills + " kills in " + runs + " runs; the lake was then: " + found);
        assertThat(kills).isGreaterThanOrEqualTo(20);
        assertThat(state.manifests()).isEmpty();
        LakeRows rows = new LakeRows(spark, lake);
        rows.assertSameAs(new LakeRows(spark, undisturbed));
        assertThat(rows.count("silver/order_v1", "coupon IS NOT NULL AND lines[0].gift"))
            .isPositive();
        assertThat(rows.ledger().get(4)).as("duplicates").isPositive();
      } finally {
        spark.stop();
      }
    }
  }

  /** Lands waves of records, killed until this half has its kills, and then to the end. */
  private void half(boolean newVersion) throws Exception {
    wave(newVersion);
    int before = kills;
    while (kills - before < KILLS_A_HALF) {
      if (!runAndKill(kills - before, newVersion)) {
        wave(newVersion);
      }
    }
    try (ChildJvm child = start()) {
      child.awaitLine(LandingProcess.DONE, SLOWEST_RUN);
    }
  }

  private void wave(boolean newVersion) {
    events.send(broker.bootstrapServers(), TOPIC, sent, sent + WAVE, newVersion);
    sent += WAVE;
  }

  private void land(SparkSession spark, Path undisturbed) throws Exception {
    System.out.println(
        lab.land(
                spark,
                undisturbed,
                broker.bootstrapServers(),
                TOPIC,
                "max-records-per-batch=" + RECORDS_A_BATCH)
            .values());
  }

  private ChildJvm start() throws IOException {
    List<String> arguments =
        lab.arguments(broker.bootstrapServers(), TOPIC, "max-records-per-batch=" + RECORDS_A_BATCH);
    return LandingProcess.start(directory, "run-" + runs++, lake, arguments);
  }

  /** One run and its kill; false when it had landed everything before the kill came. */
  private boolean runAndKill(int number, boolean newVersion) throws Exception {
    try (ChildJvm child = start()) {
      child.awaitLine(LandingProcess.READY, SLOWEST_START);
      String moment = awaitMoment(child, number, newVersion);
      child.kill();
      List<String> output = new ArrayList<>();
      int exitCode = child.drain(output::add);
      if (output.stream().anyMatch(line -> line.startsWith(LandingProcess.DONE))) {
        return false;
      }
      assertThat(exitCode).as("128 + SIGKILL; see run-%d.log", runs - 1).isEqualTo(137);
      kills++;
      String as = state.describe();
      found.merge(as, 1, Integer::sum);
      System.out.println("kill " + kills + " " + moment + ": " + as);
      return true;
    }
  }

  /** Waits for the instant of the kill. */
  private String awaitMoment(ChildJvm child, int number, boolean newVersion) throws Exception {
    if (number == 0) {
      // The first batch creates the tables; the first of the new version changes one.
      Path log = lake.resolve("silver/order_v1/_delta_log");
      int commits = commits(log);
      await(child, () -> commits(log) > commits);
      return newVersion ? "as a table evolved" : "as tables were created";
    }
    if (number % 2 == 1) {
      int delay = random.nextInt(LATEST_KILL_MILLIS);
      Thread.sleep(delay);
      return "after " + delay + " ms";
    }
    int delay = random.nextInt(350);
    List<Path> old = state.manifests();
    await(child, () -> !old.containsAll(state.manifests()));
    Thread.sleep(delay);
    return delay + " ms after a manifest";
  }

  private static void await(ChildJvm child, BooleanSupplier moment) throws InterruptedException {
    while (child.isAlive() && !moment.getAsBoolean()) {
      Thread.sleep(5); // looking costs what the run needs
    }
  }

  private static int commits(Path log) {
    String[] names = log.toFile().list((dir, name) -> name.endsWith(".json"));
    return names == null ? 0 : names.length;
  }
}
