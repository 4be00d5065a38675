package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import dev.tributary.pipelines.store.ConditionalLogStore;
import dev.tributary.pipelines.store.S3Server;
import io.delta.kernel.defaults.internal.logstore.LogStoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.storage.DelegatingLogStore;
import org.apache.spark.sql.delta.storage.LogStore$;
import org.apache.spark.sql.delta.storage.LogStoreAdaptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landing with lake and checkpoint on S3, held against the same on a local disk. */
class S3LandingTest {
  @TempDir static java.nio.file.Path directory;
  private static EmbeddedBroker broker;
  private static LandingLab lab;
  private static Lake local;
  private static Lake remote;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    lab = LandingLab.in(directory);
    broker = EmbeddedBroker.startTemporary();
    local = Lake.at(directory.resolve("lake"));
    S3Server.endOtherSessions();
    remote = Lake.at(S3Server.running().bucket("landing") + "/a/lake");
    spark =
        new LakeSession(remote, "landing test", S3Server.running().sparkSettings())
            .with("spark.master", "local[2]")
            .open();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    broker.close();
  }

  private static Map<String, Object> land(Lake lake, String topic) throws Exception {
    Map<String, Object> counts =
        new TreeMap<>(
            lab.land(
                    spark,
                    lake.toString(),
                    broker.bootstrapServers(),
                    topic,
                    "name=" + topic,
                    "max-records-per-batch=600")
                .values());
    // When it landed is in the files.
    counts.keySet().removeAll(Set.of("bytes", "read_ms", "commit_ms"));
    return counts;
  }

  @Test
  void batchesAndRestartsOnS3LandTheRowsThatTheyDoOnADisk() throws Exception {
    new Topics(broker.bootstrapServers()).create("orders", TroubledEvents.PARTITIONS);
    TroubledEvents events = new TroubledEvents(1, Instant.now().minus(Duration.ofHours(1)));
    events.send(broker.bootstrapServers(), "orders", 0, 800, false);
    Map<String, Object> first = land(remote, "orders");
    assertThat(first).isEqualTo(land(local, "orders"));

    lab.addOrderVersion();
    events.send(broker.bootstrapServers(), "orders", 800, 1_300, true);
    Map<String, Object> second = land(remote, "orders");
    assertThat(number(second, "duplicates")).isPositive();
    assertThat(second).isEqualTo(land(local, "orders"));

    new LakeRows(spark, remote).assertSameAs(new LakeRows(spark, local));
    assertThat(spark.sql("SELECT count(*) FROM silver.order").first().getLong(0))
        .isEqualTo(new LakeRows(spark, local).count("silver/order_v1"));

    assertThat(number(replay(mendedPlan()), "accepted")).isPositive();
    assertThat(new Manifests(remote.toString(), spark.sessionState().newHadoopConf()).all())
        .isEmpty();
    assertThat(check()).containsEntry("failed_checks", 0L);
  }

  @Test
  void inASessionOnS3TheStoreDecidesWhoWritesAVersionOfATable() {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Path table = new Path(remote.tablePath("silver", "activity"));
    var ofSpark =
        (LogStoreAdaptor) ((DelegatingLogStore) LogStore$.MODULE$.apply(spark)).getDelegate(table);
    assertThat(ofSpark.logStoreImpl()).isInstanceOf(ConditionalLogStore.class);
    assertThat(LogStoreProvider.getLogStore(hadoop, "s3a")).isInstanceOf(ConditionalLogStore.class);
  }

  /** The plan with a schema for the event that had none. */
  private static java.nio.file.Path mendedPlan() throws IOException {
    String more = "  - event: Nobody Knows\n    schema: iglu:test.lab/signup/jsonschema/1\n";
    return Files.writeString(directory.resolve("mended.yaml"), Files.readString(lab.plan()) + more);
  }

  private static Map<String, Object> replay(java.nio.file.Path plan) throws Exception {
    ReplayRejectedConfig config =
        ConfigBinder.bind(ReplayRejectedConfig.class, "schemas=" + lab.registry(), "plan=" + plan);
    return new ReplayRejectedJob().run(JobContext.of(remote.toString(), spark), config).values();
  }

  private static Map<String, Object> check() throws Exception {
    CheckLandingConfig config = ConfigBinder.bind(CheckLandingConfig.class, new String[0]);
    return new CheckLandingJob().run(JobContext.of(remote.toString(), spark), config).values();
  }
}
