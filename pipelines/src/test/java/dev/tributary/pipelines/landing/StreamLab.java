package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.SparkSession;

/** A broker, a session and a small registry; each test takes lakes and topics of its own. */
final class StreamLab implements AutoCloseable {
  private final Path directory;
  private final LandingLab lab;
  private final EmbeddedBroker broker;
  private final SparkSession spark;

  private StreamLab(Path directory, LandingLab lab, EmbeddedBroker broker, SparkSession spark) {
    this.directory = directory;
    this.lab = lab;
    this.broker = broker;
    this.spark = spark;
  }

  /** Starts all of it; names in SQL are those of {@code lake}. */
  static StreamLab in(Path directory) throws IOException {
    LandingLab lab = LandingLab.in(directory);
    EmbeddedBroker broker = EmbeddedBroker.startTemporary();
    SparkSession spark = LakeSession.on(Lake.at(directory.resolve("lake"))).open();
    return new StreamLab(directory, lab, broker, spark);
  }

  SparkSession spark() {
    return spark;
  }

  LandingLab lab() {
    return lab;
  }

  String servers() {
    return broker.bootstrapServers();
  }

  Path lake(String name) {
    return directory.resolve(name);
  }

  LakeRows rows(Path lake) {
    return new LakeRows(spark, lake);
  }

  void topic(String name, int partitions) {
    new Topics(servers()).create(name, partitions);
  }

  /** Sends events to one partition. */
  void send(String topic, int partition, Stream<String> events) {
    send(topic, partition, Instant.now(), events);
  }

  /** Sends events to one partition, all at one time of the log. */
  void send(String topic, int partition, Instant time, Stream<String> events) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      events.forEach(
          event ->
              producer.send(
                  new ProducerRecord<>(
                      topic,
                      partition,
                      time.toEpochMilli(),
                      null,
                      event.getBytes(StandardCharsets.UTF_8))));
    }
  }

  /** Lands what there is; the run's closing counts. */
  Map<String, Object> land(Path lake, String topic, String... more) throws Exception {
    return lab.land(spark, lake, servers(), topic, more).values();
  }

  /** Deletes a stream's checkpoint. */
  void forgetCheckpoint(Path lake, String stream) throws IOException {
    delete(lake.resolve("_checkpoints/" + stream));
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Files below a directory whose name ends so. */
  static List<Path> files(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The number {@code n} of a run's closing counts, as a long. */
  static long number(Map<String, Object> result, String key) {
    return ((Number) result.get(key)).longValue();
  }

  @Override
  public void close() {
    spark.stop();
    broker.close();
  }
}
