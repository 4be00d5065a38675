package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SDKs and specifications send, through Kafka into tables. */
class WireFormsTest {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 20 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void everyExampleOfTheSegmentSpecIsLandedOrRefusedForAReason() throws Exception {
    LandingLake lake = lake("segment");
    List<JsonNode> examples = SampleData.lines("events/segment-spec/examples.jsonl");
    Set<String> names = new TreeSet<>();
    for (JsonNode example : examples) {
      JsonNode call = example.get("example");
      if (call.has("event") && names.add(call.get("event").textValue().toLowerCase(Locale.ROOT))) {
        lake.event(call.get("event").textValue(), "any");
      }
      send("segment", call.toString());
    }
    assertThat(examples).hasSize(76);

    Map<String, Object> result = land(lake, "segment");

    // Examples of the documentation share two message ids: five and two events have one.
    assertThat(result)
        .containsEntry("events", 76L)
        .containsEntry("accepted", 70L)
        .containsEntry("duplicates", 5L)
        .containsEntry("rejected", 1L);
    assertThat(lake.rows("SELECT reason, pointer FROM bronze.rejected"))
        .as("a JSON Schema is among the examples")
        .containsExactly("[invalid_envelope,/type]");
    assertThat(
            lake.rows(
                """
                SELECT original_timestamp, sent_at, received_at, event_time FROM silver.any_v1
                WHERE event = 'Course Clicked'"""))
        .containsExactly(
            "[2015-12-12 19:11:01.152,2015-12-12 19:11:01.169,2015-12-12 19:11:01.266,2015-12-12"
                + " 19:11:01.249]");
  }

  @Test
  void whatSdksSendLands() throws Exception {
    LandingLake lake = lake("sdk");
    for (String event :
        List.of("Order Completed", "Product Viewed", "signup", "x", "com.example.order")) {
      lake.event(event, "any");
    }
    lake.document(
        "com.snowplowanalytics.snowplow",
        "link_click",
        "1-0-1",
        "\"type\": \"object\", \"properties\": {\"targetUrl\": {\"type\": \"string\"}}");
    for (JsonNode capture : SampleData.lines("events/sdk-captures/wire_captures.jsonl")) {
      ProducerRecord<byte[], byte[]> record = record("sdk", capture.get("body").toString());
      capture
          .get("headers")
          .properties()
          .forEach(
              h -> {
                String name = h.getKey().replaceFirst("^ce-", "ce_");
                record.headers().add(name, bytes(h.getValue().textValue()));
              });
      producer.send(record).get();
    }

    Map<String, Object> result = land(lake, "sdk");

    // The two forms of the CloudEvent are one event: same source and id.
    assertThat(result)
        .containsEntry("records", 10L)
        .containsEntry("events", 19L)
        .containsEntry("accepted", 18L)
        .containsEntry("duplicates", 1L);
    assertThat(
            lake.rows(
                """
                SELECT type, event, user_id, anonymous_id, additional_properties
                FROM silver.any_v1 WHERE user_id IN ('u3', 'u4', 'u6') ORDER BY message_id"""))
        .containsExactly(
            "[track,com.example.order,u6,null,{\"total\":9}]",
            "[track,signup,u4,null,{\"plan\":\"x\",\"$set\":{\"email\":\"dee@example.com\"},\"$lib\":"
                + "\"posthog-node\",\"$lib_version\":\"5.70.0\",\"$is_server\":true,"
                + "\"$geoip_disable\":true}]",
            "[identify,null,u4,null,{\"$lib\":\"posthog-node\",\"$lib_version\":\"5.70.0\","
                + "\"$is_server\":true,\"$geoip_disable\":true,\"a\":1}]",
            "[alias,null,u4,null,{\"$lib\":\"posthog-node\",\"$lib_version\":\"5.70.0\","
                + "\"$is_server\":true,\"$geoip_disable\":true}]",
            "[page,null,u3,null,{\"url\":\"https://ex.com\",\"title\":\"t\"}]");
    assertThat(
            lake.rows(
                """
                SELECT target_url, event, source, original_timestamp,
                       get_json_object(context, '$.data[0].data.deviceModel')
                FROM silver.com_snowplowanalytics_snowplow__link_click_v1"""))
        .containsExactly("[https://ex.com/x,link_click,app,2026-11-22 16:33:20.433,iPhone]");
    assertThat(lake.rows("SELECT previous_id FROM silver.activity WHERE type = 'alias' ORDER BY 1"))
        .containsExactly("[a1]", "[anon2]", "[anon4]");
  }

  @Test
  void cloudEventsOfTheConformanceSuiteLandInEveryMode() throws Exception {
    LandingLake lake = lake("cloud");
    lake.event("io.cloudevents.minimum", "any").event("com.example.someevent", "any");
    StringBuilder batch = new StringBuilder();
    int version1 = 0;
    int version03 = 0;
    for (JsonNode sample : conformance()) {
      ObjectNode attributes = (ObjectNode) sample.get("ContextAttributes");
      version1 += attributes.get("specversion").asText().equals("1.0") ? 1 : 0;
      version03 += attributes.get("specversion").asText().equals("0.3") ? 1 : 0;
      producer.send(binary(attributes, sample.get("Data").textValue())).get();
      String structured = structured(attributes, sample.get("Data").textValue());
      send("cloud", structured);
      batch.append(batch.isEmpty() ? "[" : ",").append(structured);
    }
    send("cloud", batch.append("]").toString());

    Map<String, Object> result = land(lake, "cloud");

    assertThat(version1).isEqualTo(8);
    assertThat(lake.rows("SELECT DISTINCT reason, pointer FROM bronze.rejected"))
        .as("only version 0.3 is refused")
        .containsExactly("[invalid_envelope,/specversion]");
    // One of the eight is there in two modes with one id; each came binary, structured, batched.
    assertThat(result)
        .containsEntry("accepted", 7L)
        .containsEntry("duplicates", version1 * 3L - 7)
        .containsEntry("rejected", version03 * 3L);
    assertThat(
            lake.rows(
                """
                SELECT message_id, additional_properties FROM silver.any_v1
                WHERE message_id LIKE '%conformance%' ORDER BY 1"""))
        .hasSize(6)
        .anyMatch(row -> row.contains("0001,{\"data\":\"Hello, World!\\n\"}"))
        .anyMatch(row -> row.contains("0004,{\"msg\":\"Hello, 🌎!\"}"))
        .anyMatch(row -> row.contains("0005,{\"data\":[\"Hello\",\"🌎!\"]}"))
        .anyMatch(row -> row.contains("0006,{\"data\":\"<msg>Hello, 🌎!</msg>\\n\"}"));
    assertThat(lake.rows("SELECT envelope FROM silver.any_v1 WHERE envelope LIKE '%extension%'"))
        .singleElement()
        .asString()
        .contains("\"comexampleextension1\":\"value\"", "othervalue");
  }

  @Test
  void aBatchOfAllBadInputLandsByTheStatedRules() throws Exception {
    LandingLake lake = new LandingLake(directory.resolve("bad"));
    JsonNode thing = SampleData.JSON.readTree(BadInput.THING);
    lake.schema("thing", thing.get("properties").toString()).event("Thing Done", "thing");
    new Topics(broker.bootstrapServers()).create("bad", 1);
    List<Wire> all = BadInput.all();
    for (Wire wire : all) {
      producer.send(new ProducerRecord<>("bad", wire.bytes())).get();
    }

    Map<String, Object> result = land(lake, "bad");

    assertThat(result).containsEntry("events", (long) all.size()).containsEntry("balanced", true);
    List<String> expected = new ArrayList<>();
    long duplicates = 0;
    for (int i = 0; i < all.size(); i++) {
      duplicates += all.get(i).fate().equals(Wire.DUPLICATE) ? 1 : 0;
      if (!Set.of(Wire.ACCEPTED, Wire.DUPLICATE).contains(all.get(i).fate())) {
        int length = all.get(i).bytes() == null ? 0 : all.get(i).bytes().length;
        expected.add("[" + i + "," + all.get(i).fate() + "," + length + "]");
      }
    }
    assertThat(result).containsEntry("duplicates", duplicates);
    assertThat(
            lake.rows(
                """
                SELECT landed_offset, reason, length(raw) FROM bronze.rejected
                WHERE landed_index = 0 AND detail NOT LIKE '%batch in a batch%'
                  AND detail NOT LIKE '%not VALUE_NUMBER_INT%'
                ORDER BY 1"""))
        .isSubsetOf(expected)
        .hasSizeGreaterThan(expected.size() - 4);
    assertThat(lake.rows("SELECT count(*) FROM bronze.rejected"))
        .containsExactly("[" + expected.size() + "]");
    assertThat(
            lake.rows(
                "SELECT count(*) FROM silver.activity WHERE message_id_derived AND message_id LIKE"
                    + " 'derived:%'"))
        .containsExactly("[2]");
  }

  /** A lake with one schema that takes everything, for each type of call. */
  private static LandingLake lake(String topic) throws IOException {
    new Topics(broker.bootstrapServers()).create(topic, 1);
    LandingLake lake = new LandingLake(directory.resolve(topic)).schema("any", "{}");
    for (String type : List.of("identify", "page", "screen", "group", "alias")) {
      lake.type(type, "any");
    }
    return lake;
  }

  private static Map<String, Object> land(LandingLake lake, String topic) throws Exception {
    return lake.land(
        "topics=" + topic,
        "kafka.bootstrap.servers=" + broker.bootstrapServers(),
        "max-ahead=36500d");
  }

  private static void send(String topic, String json)
      throws ExecutionException, InterruptedException {
    producer.send(record(topic, json)).get();
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String json) {
    return new ProducerRecord<>(topic, bytes(json));
  }

  private static List<JsonNode> conformance() throws IOException {
    List<JsonNode> samples = new ArrayList<>();
    YAMLMapper yaml = new YAMLMapper();
    try (var files = Files.walk(SampleData.path("events/cloudevents-conformance/yaml"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        for (String document : Files.readString(file).split("(?m)^---$")) {
          samples.add(yaml.readTree(document));
        }
      }
    }
    return samples;
  }

  private static ProducerRecord<byte[], byte[]> binary(ObjectNode attributes, String data) {
    ProducerRecord<byte[], byte[]> record = record("cloud", data);
    attributes
        .properties()
        .forEach(
            a -> {
              if (a.getKey().equals("Extensions")) {
                a.getValue()
                    .properties()
                    .forEach(
                        x ->
                            record.headers().add("ce_" + x.getKey(), bytes(x.getValue().asText())));
              } else if (a.getKey().equals("datacontenttype")) {
                record.headers().add("content-type", bytes(a.getValue().asText()));
              } else {
                record.headers().add("ce_" + a.getKey(), bytes(a.getValue().asText()));
              }
            });
    return record;
  }

  private static String structured(ObjectNode attributes, String data) throws IOException {
    ObjectNode event = SampleData.JSON.createObjectNode();
    attributes
        .properties()
        .forEach(
            a -> {
              if (a.getKey().equals("Extensions")) {
                event.setAll((ObjectNode) a.getValue());
              } else {
                event.put(a.getKey(), a.getValue().asText());
              }
            });
    boolean json = attributes.path("datacontenttype").asText("application/json").contains("json");
    event.set("data", json ? SampleData.JSON.readTree(data) : event.textNode(data));
    return event.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
