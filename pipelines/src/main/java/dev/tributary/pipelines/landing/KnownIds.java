package dev.tributary.pipelines.landing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The id indexes that this process holds, one for each stream and log partition. An index belongs
 * to the state after one batch: a task takes it out, and puts it back with its batch's number when
 * it has finished, so what a failed attempt left behind is never used.
 */
final class KnownIds {
  private static final Map<String, Held> HELD = new ConcurrentHashMap<>();

  private record Held(IdIndex index, long batch) {}

  private KnownIds() {}

  /** Takes the index as it was after a batch; null when this process does not have that. */
  static IdIndex take(String stream, String partition, long afterBatch) {
    Held held = HELD.remove(stream + "|" + partition);
    return held == null || held.batch() != afterBatch ? null : held.index();
  }

  static void put(String stream, String partition, long batch, IdIndex index) {
    HELD.put(stream + "|" + partition, new Held(index, batch));
  }

  /**
   * Forgets a stream that has ended.
   *
   * @return how many ids were held
   */
  static long drop(String stream) {
    long ids = 0;
    for (String key : HELD.keySet()) {
      if (key.startsWith(stream + "|")) {
        Held held = HELD.remove(key);
        ids += held == null ? 0 : held.index().size();
      }
    }
    return ids;
  }
}
