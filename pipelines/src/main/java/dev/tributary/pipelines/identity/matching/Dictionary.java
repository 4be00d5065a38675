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
    int filled = learned(records);
    float[] logs = new float[values.size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.min(0, Math.log((double) records(i) / filled));
    }
    return logs;
  }

  /**
   * The same of what other entities have: one of the records that share a value is not counted, and
   * as many records as believed in, which nobody has seen, have it by coincidence alone. So two
   * records of few are not held to have much in common with all the world.
   *
   * @param coincidence probability that two entities have one value
   * @param believed number of records that weigh as much as this belief
   */
  float[] logFrequencies(int records, double coincidence, double believed) {
    int filled = learned(records);
    float[] logs = new float[values.size()];
    for (int i = 0; i < logs.length; i++) {
      double others = records(i) - 1 + believed * coincidence;
      logs[i] = (float) Math.log(others / (filled - 1 + believed));
    }
    return logs;
  }

  /** The number of records that frequencies are of; a table that is to be filled is. */
  private int learned(int records) {
    if (table != null && !given) {
      table.fill(values, counts, records);
    }
    return given ? table.records() : records;
  }
}
