package dev.tributary.pipelines.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long the parts of a batch took, for whoever asks where the time went. */
final class Phases {
  private final Map<String, Long> millis = new LinkedHashMap<>();
  private long since = System.nanoTime();

  /** What was done since the last call took this name. */
  void ended(String name) {
    long now = System.nanoTime();
    millis.merge(name, (now - since) / 1_000_000, Long::sum);
    since = now;
  }

  /** Milliseconds by name, in order. */
  Map<String, Long> millis() {
    return millis;
  }
}
