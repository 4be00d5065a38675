package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.broker.BrokerConfig;
import dev.tributary.pipelines.broker.ChildBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.lake.LakeSession;
import dev.tributary.pipelines.landing.LandingConfig;
import dev.tributary.pipelines.landing.LandingConfig.Trigger;
import dev.tributary.pipelines.landing.RepairDuplicatesConfig;
import dev.tributary.pipelines.landing.RepairDuplicatesJob;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.SparkSession;

/** A demo at work: its broker, its Spark session, and where the two of them stand. */
final class DemoSession implements AutoCloseable {
  /** Two: a task each on a machine of two cores, and as few files as that allows. */
  static final int PARTITIONS = 2;

  /** A step of the progress bar; the shop's halves are smaller. */
  private static final int BATCH = 100_000;

  private final DemoHome home;
  private final Progress progress;
  private final ChildBroker broker;
  private final SparkSession spark;
  private final Topics topics;

  private DemoSession(DemoHome home, Progress progress, ChildBroker broker, SparkSession spark) {
    this.home = home;
    this.progress = progress;
    this.broker = broker;
    this.spark = spark;
    this.topics = new Topics(broker.bootstrapServers());
  }

  /** Starts the broker and Spark, side by side. */
  static DemoSession open(DemoHome home, Progress progress) throws IOException {
    home.prepare();
    boolean known = Files.isDirectory(home.brokerData());
    progress.say(
        (known ? "starting the Kafka broker again on its data" : "starting a Kafka broker")
            + " ("
            + home.brokerData()
            + ") and Spark");
    CompletableFuture<ChildBroker> starting =
        CompletableFuture.supplyAsync(
            () -> ChildBroker.start(BrokerConfig.onFreePort(home.brokerData())));
    SparkSession spark = spark(home);
    try {
      ChildBroker broker = starting.join();
      progress.say("Kafka listens on " + broker.bootstrapServers());
      return new DemoSession(home, progress, broker, spark);
    } catch (CompletionException e) {
      throw DemoErrors.brokerNotStarted(home, e.getCause());
    }
  }

  /** For a few small queries, in a JVM that is cold: what is not compiled costs nothing. */
  private static SparkSession spark(DemoHome home) {
    return LakeSession.on(home.lake())
        .named("tributary demo")
        .with("spark.sql.codegen.wholeStage", "false")
        .with("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .with("spark.sql.adaptive.enabled", "false")
        .with("spark.sql.shuffle.partitions", "2")
        .open();
  }

  DemoHome home() {
    return home;
  }

  Progress progress() {
    return progress;
  }

  SparkSession spark() {
    return spark;
  }

  /** How many records the topic holds. */
  long inTopic(String topic) {
    return topics.endOffsets(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Makes the topic where it is not, and tells what it and the lake hold of it. */
  Reused topic(String topic) {
    boolean fresh = topics.create(topic, PARTITIONS);
    long landed = LandedRows.of(spark, home.lake(), topic).records();
    if (fresh && landed > 0) {
      throw DemoErrors.brokerDataGone(home, topic, landed);
    }
    Reused reused = new Reused(topics.endOffsets(topic), landed);
    if (reused.inTopic() > 0) {
      progress.say(
          "reusing the broker's data (topic '%s' holds %,d events) and the lake %s (%,d of them landed)"
              .formatted(topic, reused.inTopic(), home.lake(), landed));
    }
    return reused;
  }

  DeliveryProducer producer(String topic) {
    return new DeliveryProducer(broker.bootstrapServers(), topic);
  }

  /**
   * Starts landing the topic, in a thread of its own.
   *
   * @param landed how many of its records the lake holds
   */
  DemoLanding land(String topic, Trigger trigger, long landed) {
    LandingConfig config =
        ConfigBinder.bind(
            LandingConfig.class,
            "name=" + topic,
            "topics=" + topic,
            "kafka.bootstrap.servers=" + broker.bootstrapServers(),
            "schemas=" + home.schemas(),
            "plan=" + home.plan(),
            "trigger=" + (trigger == Trigger.CONTINUOUS ? "continuous" : "available-now"),
            "interval=1s",
            "max-records-per-batch=" + BATCH,
            // A delivery is tried again for a day.
            "dedup.horizon=2d");
    return DemoLanding.start(spark, home.lake(), config, landed);
  }

  /**
   * Removes the copies that came over another partition, which landing cannot see as they land.
   * Does nothing where there are none.
   */
  void removeCopies(String topic) throws Exception {
    long copies =
        spark
            .sql(
                """
                SELECT count(*) - count(DISTINCT message_id)
                FROM silver.activity WHERE landed_from = :topic
                """,
                Map.of("topic", topic))
            .first()
            .getLong(0);
    if (copies > 0) {
      progress.say("repair-duplicates: removing what came twice over different partitions");
      JobContext context = JobContext.of(home.lake().toString(), spark);
      new RepairDuplicatesJob().run(context, ConfigBinder.bind(RepairDuplicatesConfig.class));
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
