package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** One column whose values are compared as wholes by a {@link LevelRule}. */
final class ValueAttribute implements Attribute {
  /** Records that weigh as much as what is believed of a value's frequency. */
  private static final double UNSEEN = 300;

  private final String name;
  private final LevelRule rule;
  private final List<String> levels;
  private final String[] values;
  private final int[] valueOf;
  private final float[] logFrequency;
  private final long[][] keys;

  ValueAttribute(String name, LevelRule rule, String[] column, FrequencyTable table) {
    this.name = name;
    this.rule = rule;
    this.levels = rule.labels();
    Dictionary dictionary = new Dictionary(table);
    this.valueOf = new int[column.length];
    int filled = 0;
    for (int i = 0; i < column.length; i++) {
      String value = rule.normalise(column[i]);
      valueOf[i] = value.isEmpty() ? -1 : dictionary.number(value);
      if (valueOf[i] >= 0) {
        dictionary.count(valueOf[i]);
        filled++;
      }
    }
    this.values = dictionary.values();
    double[] strangers = rule.strangers();
    this.logFrequency =
        strangers.length == 0
            ? dictionary.logFrequencies(filled)
            : dictionary.logFrequencies(filled, strangers[strangers.length - 1], UNSEEN);
    this.keys = new long[values.length][];
    for (int v = 0; v < values.length; v++) {
      keys[v] = hashes(rule.keys(values[v]));
    }
  }

  /** Zero where there is no key. */
  private static long[] hashes(String[] keys) {
    long[] hashes = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      hashes[i] = keys[i] == null ? 0 : Text.hash(keys[i]) | 1;
    }
    return hashes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean missing(int record) {
    return valueOf[record] < 0;
  }

  @Override
  public String show(int record) {
    return missing(record) ? "" : values[valueOf[record]];
  }

  @Override
  public List<String> levels() {
    return levels;
  }

  @Override
  public int[] groups() {
    return new int[levels.size()];
  }

  @Override
  public int agreement() {
    return levels.size() - 1;
  }

  @Override
  public int group(int record) {
    return valueOf[record];
  }

  @Override
  public boolean classifies() {
    return rule instanceof CategoryLevels
        || rule instanceof PostcodeLevels
        || rule instanceof LocationLevels;
  }

  @Override
  public boolean incidental() {
    return rule.incidental();
  }

  @Override
  public boolean place() {
    return rule.place();
  }

  @Override
  public double[] belief() {
    return rule.belief();
  }

  @Override
  public double[] sharing() {
    return new double[] {rule.sharing()};
  }

  @Override
  public double[] strangers() {
    return rule.strangers();
  }

  @Override
  public void compare(int left, int right, LevelCache cache, Evidence evidence) {
    int a = valueOf[left];
    int b = valueOf[right];
    if (a < 0 || b < 0) {
      return;
    }
    if (a == b) {
      evidence.add(levels.size() - 1, logFrequency[a]);
      return;
    }
    int level = cache.get(a, b);
    if (level < 0) {
      level = rule.level(values[a], values[b]);
      cache.put(a, b, level);
    }
    evidence.add(level);
  }

  @Override
  public List<String> keyNames() {
    return rule.keyNames();
  }

  @Override
  public void keys(int record, KeySink sink) {
    if (valueOf[record] < 0) {
      return;
    }
    long[] hashes = keys[valueOf[record]];
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] != 0) {
        sink.key(i, hashes[i]);
      }
    }
  }
}
