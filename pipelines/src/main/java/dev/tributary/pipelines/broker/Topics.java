package dev.tributary.pipelines.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates, counts and deletes topics of one cluster; every call opens a client of its own. */
public final class Topics {

  private static final Duration SLOWEST = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final String bootstrapServers;

  /**
   * @param bootstrapServers {@code host:port}, comma-separated
   */
  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Creates the topic, unreplicated, and waits until every partition has a leader that serves. A
   * broker tells of a topic before it leads it; a producer whose first request comes in between and
   * is refused, and whose second is taken, has them swapped or loses the first.
   *
   * @return false when it was there already (whatever its partitions)
   */
  public boolean create(String topic, int partitions) {
    NewTopic wanted = new NewTopic(topic, partitions, (short) 1);
    try (Admin admin = admin()) {
      wait(topic, admin.createTopics(List.of(wanted)).all());
      awaitLeaders(admin, topic, IntStream.range(0, partitions).boxed().toList());
      return true;
    } catch (BrokerException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  /** How many partitions the topic has; empty when there is no such topic. */
  public Optional<Integer> partitions(String topic) {
    try (Admin admin = admin()) {
      return Optional.of(describe(admin, topic).partitions().size());
    } catch (BrokerException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The end offset of every partition: how many records were ever written to it. */
  public Map<Integer, Long> endOffsets(String topic) {
    try (Admin admin = admin()) {
      return ends(
          admin,
          topic,
          describe(admin, topic).partitions().stream().map(TopicPartitionInfo::partition).toList());
    }
  }

  /** A topic that the broker does not know yet fails the question; so it is asked again. */
  private void awaitLeaders(Admin admin, String topic, List<Integer> partitions) {
    long deadline = System.nanoTime() + SLOWEST.toNanos();
    while (true) {
      try {
        ends(admin, topic, partitions);
        return;
      } catch (BrokerException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() > deadline) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Asks the leader of each partition. */
  private Map<Integer, Long> ends(Admin admin, String topic, List<Integer> partitions) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(p -> wanted.put(new TopicPartition(topic, p), OffsetSpec.latest()));
    Map<Integer, Long> ends = new TreeMap<>();
    wait(topic, admin.listOffsets(wanted).all())
        .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  /**
   * Deletes the topic and waits until the broker has forgotten it, which is later: until then it
   * would take records for a topic of the same name, made at once, into the one that goes.
   */
  public void delete(String topic) {
    try (Admin admin = admin()) {
      wait(topic, admin.deleteTopics(List.of(topic)).all());
    }
    long deadline = System.nanoTime() + SLOWEST.toNanos();
    while (partitions(topic).isPresent()) {
      if (System.nanoTime() > deadline) {
        throw BrokerException.topic(
            topic, bootstrapServers, new TimeoutException("it is still there after " + SLOWEST));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private TopicDescription describe(Admin admin, String topic) {
    return wait(topic, admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
  }

  private Admin admin() {
    Properties properties = new Properties();
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    return Admin.create(properties);
  }

  private <T> T wait(String topic, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw BrokerException.topic(topic, bootstrapServers, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BrokerException.topic(topic, bootstrapServers, e);
    }
  }
}
