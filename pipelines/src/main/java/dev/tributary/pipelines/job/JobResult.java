package dev.tributary.pipelines.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a job reports of itself: counts, table versions, file names. The entries become top-level
 * keys of the closing JSON line, in the order given.
 *
 * @param values snake_case key → number, string, boolean, null, or a list or map of these
 */
public record JobResult(Map<String, Object> values) {
  /** The keys that the runner writes itself. */
  static final Set<String> RESERVED =
      Set.of("job", "run_id", "status", "exit_code", "duration_ms", "versions", "error", "sizing");

  public JobResult {
    for (String key : values.keySet()) {
      if (RESERVED.contains(key)) {
        throw new IllegalArgumentException(
            "result key '" + key + "' belongs to the runner; rename it");
      }
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A result without anything to report. */
  public static JobResult empty() {
    return new JobResult(Map.of());
  }

  /** A result with one entry; add more by {@link #and}. */
  public static JobResult of(String key, Object value) {
    return empty().and(key, value);
  }

  /** This result with one more entry; a present key is replaced. */
  public JobResult and(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new JobResult(more);
  }
}
