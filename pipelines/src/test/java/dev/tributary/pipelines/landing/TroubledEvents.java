package dev.tributary.pipelines.landing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic's records as a function of their number: events of three types over two days, of which a
 * tenth is delivered again up to 400 records later in the same partition, some come in batches, and
 * some are broken in one of three ways. Record {@code n} goes to partition {@code n % 4}.
 */
final class TroubledEvents {
  static final int PARTITIONS = 4;
  private static final int FARTHEST_COPY = 400;
  private static final long MILLIS_BETWEEN = 10;

  private final long seed;
  private final Instant first;

  /**
   * @param first the log's time of record 0; each record is 10 ms after the one before
   */
  TroubledEvents(long seed, Instant first) {
    this.seed = seed;
    this.first = first;
  }

  /**
   * Sends records.
   *
   * @param newVersion whether orders name version 1-0-1, which has a column and a nested field more
   */
  void send(String servers, String topic, long from, long until, boolean newVersion) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    // A topic just made may refuse the first request and take the second, which then stay swapped.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long n = from; n < until; n++) {
        long time = first.toEpochMilli() + n * MILLIS_BETWEEN;
        byte[] value = record(n, from, newVersion).getBytes(StandardCharsets.UTF_8);
        int partition = (int) (n % PARTITIONS);
        sent.add(producer.send(new ProducerRecord<>(topic, partition, time, null, value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker did not take a record", e);
    }
  }

  /** The text of one record; a copy is made of records from {@code oldest} on. */
  private String record(long n, long oldest, boolean newVersion) {
    SplittableRandom random = new SplittableRandom(seed * 31 + n);
    int kind = random.nextInt(1000);
    long back = (long) PARTITIONS * (1 + random.nextInt(FARTHEST_COPY));
    if (kind < 100 && n - back >= oldest) {
      return record(n - back, n - back + 1, newVersion);
    }
    if (kind < 110) {
      return event(n, "Order", "{\"total\": 1").replace("}", "");
    }
    if (kind < 120) {
      return event(n, "View", "{\"page\": " + n + "}");
    }
    if (kind < 130) {
      return event(n, "Nobody Knows", "{}");
    }
    if (kind < 150) {
      String one = event(n, "View", "{\"page\": \"/batch/1\"}");
      String two = event(n + 1_000_000_000, "Signup", "{\"plan\": \"free\"}");
      return "{\"batch\": [" + one + ", " + two + "]}";
    }
    return valid(n, kind, random, newVersion);
  }

  private static String valid(long n, int kind, SplittableRandom random, boolean newVersion) {
    if (kind < 500) {
      String line = newVersion ? ", \"gift\": true" : "";
      String order =
          "{\"total\": %d.25, \"lines\": [{\"sku\": \"s%d\"%s}, {\"sku\": \"t\"}]%s}"
              .formatted(
                  random.nextInt(500), n % 50, line, newVersion ? ", \"coupon\": \"C\"" : "");
      return event(n, "Order", order, newVersion ? "1-0-1" : "1-0-0");
    }
    return kind < 800
        ? event(n, "View", "{\"page\": \"/p/%d\", \"seconds\": %d}".formatted(n % 90, n % 7))
        : event(n, "Signup", "{\"plan\": \"pro\", \"when\": \"2026-03-01T00:00:00Z\"}");
  }

  static String event(long n, String name, String properties) {
    return event(n, name, properties, null);
  }

  /** A track call; every third client is a day behind. */
  static String event(long n, String name, String properties, String orderVersion) {
    String schema =
        orderVersion == null
            ? ""
            : ", \"protocols\": {\"schema\": \"iglu:test.lab/order/jsonschema/%s\"}"
                .formatted(orderVersion);
    String day = n % 3 == 0 ? "2026-03-01" : "2026-03-02";
    return """
        {"type": "track", "event": "%s", "messageId": "m-%d", "userId": "u%d", \
        "originalTimestamp": "%sT10:00:00Z", "context": {"ip": "10.0.0.1"%s}, "properties": %s}"""
        .formatted(name, n, n % 400, day, schema, properties);
  }
}
