package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One topic with ten refused events, of which a wider schema accepts seven. */
class ReplayRejectedTest {
  private static final String TOPIC = "things";

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static SparkSession spark;
  private static LandedLake landed;
  private static Path wider;

  @BeforeAll
  static void land() throws Exception {
    broker = EmbeddedBroker.startTemporary();
    spark = LakeSession.on(Lake.at(directory.resolve("landed"))).open();
    Path schemas = schema("schemas", "1-0-0", 10, "");
    wider = schema("wider", "1-0-0", 10, "");
    write(wider, "1-0-1", 100, ", \"colour\": {\"type\": \"string\"}");
    Path plan = directory.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        vendor: com.test
        unknown_events: reject
        events:
          - event: Thing Done
            schema: iglu:com.test/thing_done/jsonschema/1
        """);
    landed =
        new LandedLake(
            directory.resolve("landed"), spark, broker.bootstrapServers(), schemas, plan);
    new Topics(broker.bootstrapServers()).create(TOPIC, 2);
    send();
    assertThat(landed.land(TOPIC))
        .containsEntry("events", 15L)
        .containsEntry("accepted", 5L)
        .containsEntry("rejected", 10L);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    broker.close();
  }

  private static void send() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      send(producer, 0, event("a", "\"n\": 1"));
      send(producer, 0, event("b", "\"n\": 50")); // accepted by the wider schema
      send(producer, 0, event("c", "\"n\": 500"));
      send(producer, 0, event("d", "\"n\": 5, \"colour\": \"red\"")); // accepted
      send(producer, 0, "{\"type\": \"tra");
      send(producer, 0, event("e", "\"n\": 60")); // accepted, once of the two
      send(producer, 1, event("e", "\"n\": 60"));
      send(producer, 1, event("f", "\"n\": 70")); // has landed as below, too
      send(producer, 1, event("f", "\"n\": 7"));
      send(
          producer,
          1,
          "{\"sentAt\": \"2026-01-01T00:00:02Z\", \"batch\": ["
              + String.join(
                  ",",
                  event("g", "\"n\": 2"),
                  event("h", "\"n\": 80"), // accepted
                  event("i", "\"n\": \"two\""),
                  event("j", "\"n\": 3"))
              + "]}");
      ProducerRecord<byte[], byte[]> cloud =
          new ProducerRecord<>(TOPIC, 1, null, "{\"n\": 90}".getBytes(StandardCharsets.UTF_8));
      Map.of("specversion", "1.0", "id", "k", "source", "till", "type", "Thing Done")
          .forEach(
              (name, value) ->
                  cloud.headers().add("ce_" + name, value.getBytes(StandardCharsets.UTF_8)));
      producer.send(cloud); // accepted
      send(producer, 1, event("l", "\"n\": 4"));
      producer.flush();
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, int partition, String value) {
    producer.send(
        new ProducerRecord<>(TOPIC, partition, null, value.getBytes(StandardCharsets.UTF_8)));
  }

  private static String event(String id, String properties) {
    return ("{\"type\": \"track\", \"event\": \"Thing Done\", \"messageId\": \"%s\", \"userId\":"
            + " \"u\", \"timestamp\": \"2026-01-01T00:00:00Z\", \"properties\": {%s}}")
        .formatted(id, properties);
  }

  private static Path schema(String name, String version, int most, String more)
      throws IOException {
    Path schemas = directory.resolve(name);
    write(schemas, version, most, more);
    return schemas;
  }

  private static void write(Path schemas, String version, int most, String more)
      throws IOException {
    Path file = schemas.resolve("com.test/thing_done/jsonschema/" + version);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "self": {"vendor": "com.test", "name": "thing_done", "format": "jsonschema",
                  "version": "%s"},
         "type": "object",
         "properties": {"n": {"type": "integer", "minimum": 0, "maximum": %d}%s},
         "required": ["n"], "additionalProperties": false}
        """
            .formatted(version, most, more));
  }

  private static LandedLake fixed(String copy) throws Exception {
    return landed.copyTo(directory.resolve(copy)).with(wider);
  }

  @Test
  void whatAFixedSchemaAcceptsLandsOnceUnderItsOwnCoordinates() throws Exception {
    LandedLake lake = fixed("fixed");

    Map<String, Object> first = lake.replay();
    List<String> events = lake.events();
    Map<String, Object> second = lake.replay();

    assertThat(first).containsEntry("accepted", 7L).containsEntry("still_refused", 3L);
    assertThat(first).containsEntry("duplicates_removed", 2L).containsEntry("marked_replayed", 7L);
    assertThat(second).containsEntry("accepted", 0L).containsEntry("still_refused", 3L);
    assertThat(lake.events()).isEqualTo(events);
    assertThat(lake.rows("silver.activity", "message_id").toString())
        .isEqualTo("[[a], [b], [d], [e], [f], [g], [h], [j], [l], [till#k]]");
    assertThat(lake.rows("silver.thing_done_v1", "message_id", "n", "landed_index"))
        .contains("[b,50,0]", "[h,80,1]", "[till#k,90,0]", "[f,70,0]");
    assertThat(lake.rows("bronze.rejected", "message_id", "replayed_at IS NOT NULL"))
        .contains("[b,true]", "[e,true]", "[f,true]", "[c,false]", "[i,false]");
    assertThat(lake.read("bronze.rejected").count()).isEqualTo(10);
    assertThat(lake.check("strict=true").get("failed_checks")).isEqualTo(0L);
  }

  @Test
  void aReplayedEventKeepsTheTimeOfItsReceipt() throws Exception {
    LandedLake lake = fixed("times");
    lake.replay();
    String key = "landed_partition";
    assertThat(
            lake.read("silver.activity")
                .join(
                    lake.read("bronze.rejected")
                        .where("replayed_at IS NOT NULL")
                        .selectExpr(
                            "landed_partition", "landed_offset", "landed_index", "received_at was"),
                    scala.jdk.javaapi.CollectionConverters.asScala(
                            List.of(key, "landed_offset", "landed_index"))
                        .toSeq(),
                    "inner")
                .where("received_at <> was")
                .count())
        .isZero();
  }

  @Test
  void aDryRunCountsAndLandsNothing() throws Exception {
    LandedLake lake = fixed("dry");
    List<String> before = lake.events();
    assertThat(lake.replay("dry-run=true")).containsEntry("accepted", 7L);
    assertThat(lake.events()).isEqualTo(before);
    assertThat(lake.check().get("failed_checks")).isEqualTo(0L);
  }

  @Test
  void aReplayMayBeNarrowed() throws Exception {
    LandedLake lake = fixed("narrow");
    assertThat(lake.replay("reason=malformed_json"))
        .containsEntry("accepted", 0L)
        .containsEntry("still_refused", 1L);
    assertThat(lake.replay("landed-from=other")).containsEntry("still_refused", 0L);
    assertThat(lake.replay("since=2999-01-01")).containsEntry("still_refused", 0L);
    assertThatThrownBy(() -> lake.replay("reason=broken"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("'broken'")
        .hasMessageContaining("schema_violation");
  }

  @Test
  void aReplayThatWasDecidedAndKilledIsFinishedByTheNextStart() throws Exception {
    LandedLake undisturbed = fixed("undisturbed");
    List<RemovedManifests.Manifest> removed = RemovedManifests.during(spark, undisturbed::replay);
    assertThat(removed).as("manifests of the replay").hasSize(1);

    LandedLake killed = fixed("killed").with(landed.schemas());
    LandedLake.copy(
        undisturbed.directory(),
        killed.directory(),
        file ->
            file.toString().endsWith(".parquet")
                || addsColumns(undisturbed.path("silver.thing_done_v1"), file));
    Path decision =
        killed.directory().resolve(undisturbed.directory().relativize(removed.get(0).file()));
    Files.createDirectories(decision.getParent());
    Files.write(decision, removed.get(0).bytes());

    Map<String, Object> next = killed.replay();

    assertThat(next).containsEntry("recovered_batches", 1).containsEntry("accepted", 0L);
    assertThat(killed.events()).isEqualTo(undisturbed.events());
    assertThat(killed.check("strict=true").get("failed_checks")).isEqualTo(0L);
    assertThat(decision).doesNotExist();
  }

  /** The commit that made the table fit for the replay comes before the decision. */
  private static boolean addsColumns(Path table, Path file) {
    return file.equals(table.resolve("_delta_log/00000000000000000002.json"));
  }
}
