package dev.tributary.pipelines.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Kafka broker in a JVM of its own (512 MB heap) that dies with this one. It can be killed as by
 * {@code kill -9}, stopped and started again on the same data and port: a broker that goes away and
 * returns.
 *
 * <p>Its log is {@code broker.log} beside the data, errors and warnings only.
 */
public final class ChildBroker implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  private static final String READY = "READY ";
  private static final int HEAP_MEGABYTES = 512;
  private static final String LOGGING =
      "-Dlog4j2.configurationFile=classpath:dev/tributary/pipelines/broker/child-log4j2.properties";

  private final BrokerConfig config;
  private final boolean temporary;
  private ChildJvm child;

  private ChildBroker(BrokerConfig config, boolean temporary) {
    this.config = config;
    this.temporary = temporary;
  }

  /** Starts a broker on a free port with a temporary directory, which {@link #close} deletes. */
  public static ChildBroker startTemporary() {
    Path directory = EmbeddedBroker.temporaryDirectory();
    ChildBroker broker = new ChildBroker(BrokerConfig.onFreePort(directory), true);
    broker.start();
    return broker;
  }

  /** Starts a broker as configured and returns when it accepts clients; its data stay. */
  public static ChildBroker start(BrokerConfig config) {
    ChildBroker broker = new ChildBroker(config, false);
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

  /** Whether the broker's process runs. */
  public synchronized boolean isAlive() {
    return child != null && child.isAlive();
  }

  /** Starts a stopped or killed broker again: same data, same port. Does nothing while it runs. */
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    Path log = logFile();
    List<String> arguments =
        List.of(
            config.dataDirectory().toAbsolutePath().toString(),
            Integer.toString(config.port()),
            Integer.toString(config.controllerPort()));
    ChildJvm starting =
        ChildJvm.start(
            "The Kafka broker on " + bootstrapServers(),
            ChildBroker.class,
            HEAP_MEGABYTES,
            List.of(LOGGING),
            arguments,
            log);
    try {
      starting.awaitLine(READY, READY_TIMEOUT);
    } catch (BrokerException e) {
      starting.kill();
      throw e;
    }
    child = starting;
  }

  /** Stops cleanly and keeps the data. Does nothing when stopped. */
  public synchronized void stop() {
    if (child != null) {
      child.close();
      child = null;
    }
  }

  /** Ends the broker as {@code kill -9} does; the data stay as they are. */
  public synchronized void kill() {
    if (child != null) {
      child.kill();
      child = null;
    }
  }

  /** Stops, and deletes the data where they were temporary. */
  @Override
  public void close() {
    stop();
    if (temporary) {
      EmbeddedBroker.deleteRecursively(config.dataDirectory());
    }
  }

  private Path logFile() {
    try {
      Files.createDirectories(config.dataDirectory());
    } catch (IOException e) {
      throw BrokerException.dataDirectory(config.dataDirectory(), e);
    }
    return config.dataDirectory().resolve("broker.log");
  }

  /**
   * The child's side.
   *
   * @param args data directory, port, controller port
   */
  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("Usage: ChildBroker <data directory> <port> <controller port>");
      System.exit(2);
    }
    ChildJvm.exitWithParent();
    int port = Integer.parseInt(args[1]);
    BrokerConfig config = new BrokerConfig(Path.of(args[0]), port, Integer.parseInt(args[2]));
    EmbeddedBroker broker = EmbeddedBroker.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-stop"));
    System.out.println(READY + broker.bootstrapServers());
    broker.awaitShutdown();
  }
}
