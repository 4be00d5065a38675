package dev.tributary.pipelines.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * A one-node Kafka broker (KRaft) inside this JVM, on loopback. Storage is formatted on first use;
 * a stopped broker starts again on the same data and the same port, as a broker that went away and
 * came back.
 *
 * <p>Kafka halts its JVM on a fatal fault of the log directory; where that must not take the host
 * along, use {@link ChildBroker}.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final String STORAGE_MARK = "meta.properties";

  private final BrokerConfig config;
  private final boolean temporary;
  private KafkaRaftServer server;

  private EmbeddedBroker(BrokerConfig config, boolean temporary) {
    this.config = config;
    this.temporary = temporary;
  }

  /** Starts a broker on a free port with a temporary directory, which {@link #close} deletes. */
  public static EmbeddedBroker startTemporary() {
    Path directory = temporaryDirectory();
    EmbeddedBroker broker = new EmbeddedBroker(BrokerConfig.onFreePort(directory), true);
    broker.start();
    return broker;
  }

  /** Starts a broker as configured and returns when it accepts clients; its data stay. */
  public static EmbeddedBroker start(BrokerConfig config) {
    EmbeddedBroker broker = new EmbeddedBroker(config, false);
    broker.start();
    return broker;
  }

  /** The address clients connect to, {@code host:port}; the same after a restart. */
  public String bootstrapServers() {
    return config.bootstrapServers();
  }

  /** The configuration this broker runs with. */
  public BrokerConfig config() {
    return config;
  }

  /** Starts a stopped broker again: same data, same port. Does nothing while it runs. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    quiet();
    format(config);
    KafkaRaftServer starting = null;
    try {
      Properties properties = config.serverProperties();
      starting = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      starting.startup();
    } catch (RuntimeException e) {
      if (starting != null) {
        starting.shutdown();
      }
      throw BrokerException.notStarted(config, e);
    }
    server = starting;
  }

  /** Stops cleanly and keeps the data. Does nothing when stopped. */
  public synchronized void stop() {
    if (server == null) {
      return;
    }
    server.shutdown();
    server.awaitShutdown();
    server = null;
  }

  /** Waits until the broker is stopped by somebody else. */
  void awaitShutdown() {
    KafkaRaftServer running;
    synchronized (this) {
      running = server;
    }
    if (running != null) {
      running.awaitShutdown();
    }
  }

  /** Stops, and deletes the data where they were temporary. */
  @Override
  public void close() {
    stop();
    if (temporary) {
      deleteRecursively(config.dataDirectory());
    }
  }

  static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("tributary-broker-");
    } catch (IOException e) {
      throw BrokerException.dataDirectory(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  static void deleteRecursively(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw BrokerException.dataDirectory(directory, e);
    }
  }

  private static void format(BrokerConfig config) {
    Path directory = config.dataDirectory();
    if (Files.exists(directory.resolve(STORAGE_MARK))) {
      return;
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Path properties = null;
    try (PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      Files.createDirectories(directory);
      properties = Files.createTempFile("tributary-broker-", ".properties");
      try (var out = Files.newOutputStream(properties)) {
        config.serverProperties().store(out, null);
      }
      String clusterId = Uuid.randomUuid().toString();
      String[] command = {"format", "-t", clusterId, "-c", properties.toString()};
      int code = StorageTool.execute(command, stream);
      if (code != 0) {
        throw BrokerException.notFormatted(
            directory, output.toString(StandardCharsets.UTF_8), null);
      }
    } catch (IOException e) {
      throw BrokerException.dataDirectory(directory, e);
    } finally {
      deleteQuietly(properties);
    }
  }

  private static void deleteQuietly(Path file) {
    if (file != null) {
      file.toFile().delete();
    }
  }

  /**
   * A broker starts and stops with hundreds of lines; only errors are the user's matter. Its
   * start-up errors are thrown, and its controller calls it an error to be stopped.
   */
  private static void quiet() {
    for (String logger : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
      Configurator.setLevel(logger, Level.ERROR);
    }
    for (String logger :
        List.of(
            "kafka.network.DataPlaneAcceptor",
            "kafka.server.BrokerServer",
            "kafka.server.KafkaRaftServer",
            "org.apache.kafka.controller.QuorumController")) {
      Configurator.setLevel(logger, Level.FATAL);
    }
  }
}
