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
  private int[] counts = new int[16];

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
    return counts[number];
  }

  String[] values() {
    return values.toArray(String[]::new);
  }

  /** The natural logarithm of each value's share of the records that have a value at all. */
  float[] logFrequencies(int records) {
    float[] logs = new float[values.size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log((double) counts[i] / records);
    }
    return logs;
  }
}
