package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** Kafka topics, read from their beginning by a new stream. */
final class KafkaInput implements LandingInput {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final List<String> topics;
  private final Map<String, String> settings;
  private final long maxRecordsPerBatch;
  private final boolean failOnDataLoss;

  /**
   * @param settings Kafka client settings without the prefix {@code kafka.}
   * @param failOnDataLoss whether records that Kafka dropped before they were read end the stream
   */
  KafkaInput(
      List<String> topics,
      Map<String, String> settings,
      long maxRecordsPerBatch,
      boolean failOnDataLoss) {
    this.topics = List.copyOf(topics);
    this.settings = Map.copyOf(settings);
    this.maxRecordsPerBatch = maxRecordsPerBatch;
    this.failOnDataLoss = failOnDataLoss;
  }

  @Override
  public Dataset<Row> stream(SparkSession spark) {
    DataStreamReader reader =
        spark
            .readStream()
            .format("kafka")
            .option("subscribe", String.join(",", topics))
            .option("startingOffsets", "earliest")
            .option("includeHeaders", "true")
            .option("failOnDataLoss", failOnDataLoss)
            .option("maxOffsetsPerTrigger", maxRecordsPerBatch)
            // What a producer took back was never an event.
            .option("kafka.isolation.level", "read_committed")
            .option("kafka.max.partition.fetch.bytes", 8 << 20)
            .option("kafka.fetch.max.bytes", 64 << 20);
    settings.forEach((key, value) -> reader.option("kafka." + key, value));
    return reader
        .load()
        .select(
            col("topic"),
            col("partition"),
            col("offset"),
            col("timestamp"),
            col("value"),
            col("headers"));
  }

  @Override
  public boolean numbered() {
    return false;
  }

  @Override
  public Map<String, String> topicIds() {
    try (Admin admin = admin()) {
      return admin.describeTopics(topics).allTopicNames().get().values().stream()
          .collect(
              Collectors.toMap(
                  TopicDescription::name, description -> description.topicId().toString()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
        throw LandingErrors.noTopic(topics, servers(), unknown);
      }
      throw LandingErrors.unreachable(servers(), e.getCause());
    } catch (org.apache.kafka.common.KafkaException e) {
      throw LandingErrors.unreachable(servers(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LandingErrors.unreachable(servers(), e);
    }
  }

  @Override
  public long size() {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      admin
          .describeTopics(topics)
          .allTopicNames()
          .get()
          .forEach(
              (topic, description) ->
                  description
                      .partitions()
                      .forEach(
                          p ->
                              latest.put(
                                  new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    } catch (ExecutionException e) {
      return 0; // only the progress bar asks
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public String describe() {
    return "topic " + String.join(", ", topics) + " at " + servers();
  }

  private String servers() {
    return settings.get("bootstrap.servers");
  }

  private Admin admin() {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("request.timeout.ms", TIMEOUT_MILLIS);
    properties.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    return Admin.create(properties);
  }
}
