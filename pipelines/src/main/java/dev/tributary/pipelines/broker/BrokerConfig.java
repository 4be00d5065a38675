package dev.tributary.pipelines.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where an embedded broker keeps its data and which loopback ports it listens on.
 *
 * @param dataDirectory holds the log segments and the cluster's metadata; kept over restarts
 * @param port the clients' port, 1–65535
 * @param controllerPort the port of the built-in KRaft controller, 1–65535, not {@code port}
 */
public record BrokerConfig(Path dataDirectory, int port, int controllerPort) {

  /** The largest message the broker takes: a 10 MB event must reach landing to be judged there. */
  public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  static final String HOST = "127.0.0.1";
  private static final int NODE_ID = 1;
  private static final int FIRST_OF_OURS = 15_000;
  private static final int FIRST_HANDED_OUT = 32_768;
  private static final int MOST_ATTEMPTS = 100;

  public BrokerConfig {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    requirePort("port", port);
    requirePort("controllerPort", controllerPort);
    if (port == controllerPort) {
      throw new IllegalArgumentException("port and controllerPort are both " + port);
    }
  }

  /** A broker on two ports that are free at this moment. */
  public static BrokerConfig onFreePort(Path dataDirectory) {
    int[] ports = freePorts();
    return new BrokerConfig(dataDirectory, ports[0], ports[1]);
  }

  /** A broker on the given client port, and a controller port that is free at this moment. */
  public static BrokerConfig onPort(Path dataDirectory, int port) {
    int[] ports = freePorts();
    return new BrokerConfig(dataDirectory, port, ports[0] == port ? ports[1] : ports[0]);
  }

  /** The address clients connect to, {@code host:port}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The server.properties of the node: both KRaft roles, nothing replicated, nothing expired. */
  Properties serverProperties() {
    Properties properties = new Properties();
    String controller = HOST + ":" + controllerPort;
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", Integer.toString(NODE_ID));
    properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
    properties.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.setProperty(
        "listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller);
    properties.setProperty("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
    properties.setProperty("log.dirs", dataDirectory.toAbsolutePath().toString());
    addLimits(properties);
    return properties;
  }

  private static void addLimits(Properties properties) {
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("offsets.topic.num.partitions", "1");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("transaction.state.log.num.partitions", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    // Record timestamps may lie years off (a replay): time must neither delete nor refuse them.
    properties.setProperty("log.retention.ms", "-1");
    properties.setProperty("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    properties.setProperty("log.segment.bytes", Integer.toString(256 * 1024 * 1024));
    properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "2");
    properties.setProperty("num.recovery.threads.per.data.dir", "2");
    properties.setProperty("background.threads", "2");
    properties.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    properties.setProperty("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    // A killed broker may register again only when its old session is over.
    properties.setProperty("broker.heartbeat.interval.ms", "500");
    properties.setProperty("broker.session.timeout.ms", "4000");
  }

  private static int[] freePorts() {
    try (ServerSocket first = freePort();
        ServerSocket second = freePort()) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    } catch (IOException e) {
      throw BrokerException.noFreePort(e);
    }
  }

  /**
   * Of the ports that no system hands out by itself (Linux hands out those from 32768 on): nobody
   * gets such a port before the broker takes it, nor while a broker that is to return is down.
   */
  private static ServerSocket freePort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_OF_OURS, FIRST_HANDED_OUT);
      try {
        return new ServerSocket(port, 1, loopback);
      } catch (BindException taken) {
        continue; // try another
      }
    }
    return new ServerSocket(0, 1, loopback);
  }

  private static void requirePort(String name, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(name + " must be 1 to 65535, is " + port);
    }
  }
}
