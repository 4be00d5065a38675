package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.EmbeddedBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.lake.Analysis;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** A broker, a session and a small registry; each test takes lakes and topics of its own. */
final class StreamLab implements AutoCloseable {
  private static final Duration SLOWEST = Duration.ofMinutes(10);

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
      List<Future<RecordMetadata>> sent =
          events
              .map(event -> event.getBytes(StandardCharsets.UTF_8))
              .map(
                  value ->
                      new ProducerRecord<byte[], byte[]>(
                          topic, partition, time.toEpochMilli(), null, value))
              .map(producer::send)
              .toList();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker did not take a record", e);
    }
  }

  /** Lands what there is; the run's closing counts. */
  Map<String, Object> land(Path lake, String topic, String... more) throws Exception {
    return lab.land(spark, lake, servers(), topic, more).values();
  }

  /** A run on a thread of its own, continuous unless told otherwise. */
  Continuous continuous(Path lake, String servers, String topic, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("trigger=continuous", "interval=500ms", "name=" + topic));
    arguments.addAll(List.of(more));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Map<String, Object>> run =
        thread.submit(
            () -> lab.land(spark, lake, servers, topic, arguments.toArray(String[]::new)).values());
    thread.shutdown();
    return new Continuous(this, lake, "landing " + topic, run);
  }

  /** A stream that runs until it is ended. */
  record Continuous(StreamLab lab, Path lake, String query, Future<Map<String, Object>> run) {

    /** Waits until a table holds rows of a condition. */
    void awaitRows(String table, String condition, long count) throws Exception {
      long deadline = System.nanoTime() + SLOWEST.toNanos();
      long found = -1;
      while (found < count && System.nanoTime() < deadline) {
        if (run.isDone()) {
          run.get();
          throw new AssertionError("the stream has ended");
        }
        Thread.sleep(200);
        boolean there = Files.isDirectory(lake.resolve(table).resolve("_delta_log"));
        found = there ? countOnceThere(table, condition) : -1;
      }
      assertThat(found).as(table + " where " + condition).isEqualTo(count);
    }

    /** The rows, or -1 while the table has no such column yet. */
    private long countOnceThere(String table, String condition) {
      return Analysis.orElse(() -> lab.rows(lake).count(table, condition), refused -> -1L);
    }

    /** Ends the query; the run's closing counts. */
    Map<String, Object> end() throws Exception {
      for (StreamingQuery active : lab.spark.streams().active()) {
        if (query.equals(active.name())) {
          active.stop();
        }
      }
      return run.get(SLOWEST.toSeconds(), TimeUnit.SECONDS);
    }
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
