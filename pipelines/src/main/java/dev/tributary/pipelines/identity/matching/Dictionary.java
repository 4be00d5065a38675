package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct values of an attribute, numbered as they come, and how many records have each. */
final class Dictionary {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> values = new ArrayList<>();
  private final FrequencyTable table;
  private final boolean given;
  private int[] counts = new int[16];

  /**
   * @param table of a fitted model, whose frequencies hold instead, or to be filled; null for none
   */
  Dictionary(FrequencyTable table) {
    this.table = table;
    this.given = table != null && table.known();
  }

  /** The value's number. */
  int number(String value) {
    return numbers.computeIfAbsent(
        value,
        added -> {
          values.add(added);
          return values.size() - 1;
        });
  }

  /** Counts a record that has the value of that number. */
  void count(int number) {
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(number + 1, counts.length * 2));
    }
    counts[number]++;
  }

  /** How many records have the value of that number. */
  int records(int number) {
    return given ? table.records(values.get(number)) : counts[number];
  }

  String[] values() {
    return values.toArray(String[]::new);
  }

  /** The natural logarithm of each value's share of the records that have a value at all. */
  float[] logFrequencies(int records) {
    float[] logs = new float[values.size()];
    if (table != null && !given) {
      table.fill(values, counts, records);
    }
    for (int i = 0; i < logs.length; i++) {
      logs[i] =
          given
              ? table.logFrequency(values.get(i))
              : (float) Math.log((double) counts[i] / records);
    }
    return logs;
  }
}
