package dev.tributary.pipelines.broker;

import java.nio.file.Path;
import java.time.Duration;

/** An embedded broker, or a process beside this one, could not be started, reached or stopped. */
public final class BrokerException extends RuntimeException {

  private BrokerException(String message, Throwable cause) {
    super(message, cause);
  }

  static BrokerException noFreePort(Throwable cause) {
    return new BrokerException(
        "No free loopback port for the broker. Close some connections and start again.", cause);
  }

  static BrokerException dataDirectory(Path directory, Throwable cause) {
    return new BrokerException(
        "The broker's data directory "
            + directory
            + " cannot be prepared: "
            + cause.getMessage()
            + ". Give a directory that can be written, or remove this one.",
        cause);
  }

  static BrokerException notFormatted(Path directory, String output, Throwable cause) {
    return new BrokerException(
        "The broker's storage in "
            + directory
            + " could not be formatted: "
            + output
            + ". Remove the directory and start again.",
        cause);
  }

  static BrokerException notStarted(BrokerConfig config, Throwable cause) {
    return new BrokerException(
        "The broker on "
            + config.bootstrapServers()
            + " with data in "
            + config.dataDirectory()
            + " did not start: "
            + cause.getMessage()
            + ". Is the port taken, or the directory used by another broker?",
        cause);
  }

  static BrokerException notReady(String what, Duration waited, Path log) {
    return new BrokerException(
        what + " was not ready after " + waited.toSeconds() + " s. Its log is " + log + ".", null);
  }

  static BrokerException childEnded(String what, int exitCode, Path log) {
    return new BrokerException(
        what + " ended with exit code " + exitCode + ". Its log is " + log + ".", null);
  }

  static BrokerException childNotStarted(String what, Throwable cause) {
    return new BrokerException(
        what + " could not be started as a child process: " + cause.getMessage(), cause);
  }

  static BrokerException topic(String topic, String bootstrapServers, Throwable cause) {
    return new BrokerException(
        "Topic '"
            + topic
            + "' could not be prepared on "
            + bootstrapServers
            + ": "
            + cause.getMessage()
            + ". Is a broker listening there?",
        cause);
  }
}
