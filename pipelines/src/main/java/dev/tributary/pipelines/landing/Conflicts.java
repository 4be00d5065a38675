package dev.tributary.pipelines.landing;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a change again that lost against another writer of the same table. */
final class Conflicts {
  private static final Logger LOG = LoggerFactory.getLogger(Conflicts.class);
  private static final int MOST_TRIES = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private Conflicts() {}

  /**
   * Makes a change that a lost race leaves undone.
   *
   * @throws ConcurrentModificationException when it has lost every time
   */
  static void retry(String what, Runnable change) {
    for (int tries = 1; ; tries++) {
      try {
        change.run();
        return;
      } catch (ConcurrentModificationException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        LOG.info("{} met another writer, try {} of {}", what, tries + 1, MOST_TRIES, e);
        pause(FIRST_PAUSE.toMillis() << tries, e);
      }
    }
  }

  private static void pause(long millis, ConcurrentModificationException cause) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
