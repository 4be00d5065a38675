package dev.tributary.pipelines.bench;

import dev.tributary.pipelines.broker.ChildJvm;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the benchmark's load to a topic, as fast as it goes or to a schedule; the main of a process
 * of its own, see {@link LoadProcess}. Open loop: a delivery's time, in the event and on the Kafka
 * record, is the time it was due, so that a latency measured from it includes what the generator or
 * the broker was late.
 */
public final class LoadGenerator {

  static final String RESULT = "RESULT ";
  static final String PHASE = "PHASE ";
  private static final long NANOS = 1_000_000_000L;

  private final LoadConfig config;
  private final LoadSource source;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;
  private long bytes;
  private long maxLagNanos;

  private LoadGenerator(LoadConfig config) {
    this.config = config;
    this.source = new LoadSource(config.seed(), config.day());
  }

  /** Sends the whole load and waits until the broker has it. */
  public static LoadReport run(LoadConfig config) {
    return new LoadGenerator(config).send();
  }

  private LoadReport send() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(config.topic());
      long start = System.nanoTime();
      if (config.phases().isEmpty()) {
        sendBulk(producer);
      } else {
        sendScheduled(producer);
      }
      producer.flush();
      failIfRefused();
      double seconds = (System.nanoTime() - start) / (double) NANOS;
      return new LoadReport(
          sent,
          source.unique(),
          source.duplicates(),
          source.broken(),
          bytes,
          seconds,
          maxLagNanos / 1_000_000);
    }
  }

  private void sendBulk(KafkaProducer<byte[], byte[]> producer) {
    while (sent < config.events()) {
      source.next();
      send(producer);
    }
  }

  private void sendScheduled(KafkaProducer<byte[], byte[]> producer) {
    long wallStart = System.currentTimeMillis();
    long start = System.nanoTime();
    long phaseStart = 0;
    for (LoadPhase phase : config.phases()) {
      System.out.println(PHASE + phase);
      for (long i = 0; i < phase.events(); i++) {
        long due = phaseStart + i * NANOS / phase.eventsPerSecond();
        awaitUntil(start + due);
        source.nextAt(wallStart + due / 1_000_000);
        send(producer);
        maxLagNanos = Math.max(maxLagNanos, System.nanoTime() - start - due);
      }
      phaseStart += phase.duration().toNanos();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer) {
    if ((sent & 0xfff) == 0) {
      failIfRefused();
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            config.topic(), null, source.receivedAt(), source.key(), source.value());
    producer.send(
        record,
        (metadata, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
    sent++;
    bytes += source.value().length;
  }

  private static void awaitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, 1_000_000));
    }
  }

  private void failIfRefused() {
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException(
          "The broker at %s did not take a record for topic '%s': %s"
              .formatted(config.bootstrapServers(), config.topic(), refused.getMessage()),
          refused);
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
    // An outage of the broker must not make the generator give up: it is the load that waits.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 300_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 300_000);
    return settings;
  }

  /**
   * Runs a generator and prints its report as the last line.
   *
   * @param args as {@link LoadConfig#arguments} writes them
   */
  public static void main(String[] args) {
    ChildJvm.exitWithParent();
    LoadReport report = run(LoadConfig.ofArguments(args));
    System.out.println(RESULT + report.toJson());
    System.exit(0);
  }
}
