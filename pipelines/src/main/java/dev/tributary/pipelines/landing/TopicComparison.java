package dev.tributary.pipelines.landing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Holds the ledger against the topics themselves: was every offset read that the broker has? */
final class TopicComparison {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Map<String, String> settings;

  /**
   * What the ledger says of one partition of one topic, as it is called and identified there.
   *
   * @param from the first offset that was read
   * @param until the offset after the last
   */
  record Coverage(String topic, int partition, String topicId, long from, long until) {}

  /**
   * @param settings Kafka client settings without the prefix {@code kafka.}
   */
  TopicComparison(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  void compare(List<Coverage> coverages, CheckReport report, boolean allowGaps) {
    List<String> unread = new ArrayList<>();
    long missing = 0;
    long lag = 0;
    long compared = 0;
    try (Admin admin = admin()) {
      Map<String, TopicDescription> topics = topics(admin, coverages);
      Map<TopicPartition, Long> earliest = offsets(admin, topics, OffsetSpec.earliest());
      Map<TopicPartition, Long> latest = offsets(admin, topics, OffsetSpec.latest());
      Map<TopicPartition, Coverage> read = current(coverages, topics);
      for (Map.Entry<TopicPartition, Long> first : earliest.entrySet()) {
        Coverage coverage = read.get(first.getKey());
        long end = latest.get(first.getKey());
        compared++;
        if (coverage == null) {
          lag += end - first.getValue();
          continue;
        }
        lag += Math.max(0, end - coverage.until());
        long skipped = Math.max(0, coverage.from() - first.getValue());
        if (skipped > 0 || coverage.until() > end) {
          missing += Math.max(skipped, coverage.until() - end);
          unread.add(
              "%s: the broker has %,d to %,d, the ledger %,d to %,d"
                  .formatted(
                      first.getKey(), first.getValue(), end, coverage.from(), coverage.until()));
        }
      }
    } catch (ExecutionException e) {
      throw LandingErrors.unreachable(servers(), e.getCause());
    } catch (org.apache.kafka.common.KafkaException e) {
      throw LandingErrors.unreachable(servers(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LandingErrors.unreachable(servers(), e);
    }
    report.sums(Map.of("broker_partitions", compared));
    report.sums(Map.of("broker_records_to_come", lag));
    report.add(
        "unread_offsets",
        "the broker's offsets were read from the first on, and none that it has not",
        missing,
        allowGaps ? CheckReport.Severity.WARNING : CheckReport.Severity.FAILURE,
        unread.stream().limit(5).toList());
  }

  private static Map<String, TopicDescription> topics(Admin admin, List<Coverage> coverages)
      throws ExecutionException, InterruptedException {
    Set<String> there = admin.listTopics().names().get();
    List<String> wanted =
        coverages.stream().map(Coverage::topic).filter(there::contains).distinct().toList();
    return admin.describeTopics(wanted).allTopicNames().get();
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Map<String, TopicDescription> topics, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(p -> wanted.put(new TopicPartition(name, p.partition()), which)));
    return admin.listOffsets(wanted).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  /** What was read of the topics as they are now; those made again since count as not read. */
  private static Map<TopicPartition, Coverage> current(
      List<Coverage> coverages, Map<String, TopicDescription> topics) {
    Map<TopicPartition, Coverage> current = new HashMap<>();
    for (Coverage coverage : coverages) {
      TopicDescription topic = topics.get(coverage.topic());
      if (topic != null && topic.topicId().toString().equals(coverage.topicId())) {
        current.put(new TopicPartition(coverage.topic(), coverage.partition()), coverage);
      }
    }
    return current;
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
