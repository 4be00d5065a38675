package dev.tributary.pipelines.bench;

import dev.tributary.pipelines.broker.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link LoadGenerator} in a JVM of its own (512 MB heap), which ends with this one. */
public final class LoadProcess implements AutoCloseable {

  private static final int HEAP_MEGABYTES = 512;

  private final ChildJvm child;

  private LoadProcess(ChildJvm child) {
    this.child = child;
  }

  /**
   * Starts sending.
   *
   * @param log receives the process's errors
   */
  public static LoadProcess start(LoadConfig config, Path log) {
    return new LoadProcess(
        ChildJvm.start(
            "The load generator",
            LoadGenerator.class,
            HEAP_MEGABYTES,
            List.of("-Xms" + HEAP_MEGABYTES + "m", "-Xmn320m"),
            config.arguments(),
            log));
  }

  /** Waits until everything was sent and confirmed. */
  public LoadReport await(Duration timeout) {
    return LoadReport.ofJson(child.awaitLine(LoadGenerator.RESULT, timeout));
  }

  /** Waits for the beginning of the next phase of a schedule. */
  public LoadPhase awaitPhase(Duration timeout) {
    return LoadPhase.parse(child.awaitLine(LoadGenerator.PHASE, timeout)).get(0);
  }

  /** Whether the generator still runs. */
  public boolean isAlive() {
    return child.isAlive();
  }

  /** Ends the generator, finished or not. */
  @Override
  public void close() {
    child.close();
  }
}
