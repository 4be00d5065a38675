package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How many records have each value, as a model learned it: what it scores later weighs by these and
 * not by the few records at hand. Values are kept as hashes, and only those that at least {@link
 * #LEAST} records have; of a pair that agrees on any other value, those two have it.
 */
final class FrequencyTable {
  static final int LEAST = 3;

  /** Beyond this many values the rarer ones are left out. */
  private static final int MOST = 20_000;

  private final Map<Long, Integer> counts = new HashMap<>();
  private int records;

  /** A table that is yet to be filled. */
  FrequencyTable() {}

  /**
   * @param records that have a value at all, above 0
   * @param counts by the hexadecimal hash of the value
   */
  FrequencyTable(int records, Map<String, Integer> counts) {
    this.records = records;
    counts.forEach((hash, count) -> this.counts.put(Long.parseUnsignedLong(hash, 16), count));
  }

  /** Whether frequencies are known. */
  boolean known() {
    return records > 0;
  }

  /** Takes what was counted. */
  void fill(List<String> values, int[] counted, int filled) {
    records = Math.max(1, filled);
    int[] frequent =
        IntStream.range(0, values.size())
            .filter(i -> counted[i] >= LEAST)
            .boxed()
            .sorted(Comparator.<Integer>comparingInt(i -> -counted[i]).thenComparing(values::get))
            .limit(MOST)
            .mapToInt(Integer::intValue)
            .toArray();
    Arrays.stream(frequent).forEach(i -> counts.put(Text.hash(values.get(i)), counted[i]));
  }

  /** How many records have the value; {@code LEAST - 1} for one that is not known. */
  int records(String value) {
    return counts.getOrDefault(Text.hash(value), LEAST - 1);
  }

  /** How many records have a value at all. */
  int records() {
    return records;
  }

  /** By the hexadecimal hash of the value, sorted. */
  Map<String, Integer> counts() {
    Map<String, Integer> sorted = new TreeMap<>();
    counts.forEach((hash, count) -> sorted.put(Long.toHexString(hash), count));
    return sorted;
  }
}
