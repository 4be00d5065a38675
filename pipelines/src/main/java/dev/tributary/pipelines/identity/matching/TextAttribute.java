package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * Titles, addresses, names of organisations, lists of authors: compared as wholes by the share of
 * words in common, each weighed by how rare it is (a soft tf-idf similarity, after Cohen, Ravikumar
 * and Fienberg 2003), in steps of a tenth. Words of one text depend on each other, so they are not
 * evidence one by one.
 */
final class TextAttribute implements Attribute {
  private static final int BINS = 11;
  private static final int COMMON = 3;
  private static final double[] SHARE = {0, 0.3, 0, 0.6, 0.85, 0.9, 1};

  /** What a text is, beside words. */
  enum Holds {
    WORDS,
    NAMES_OF_PERSONS,
    PLACE
  }

  private final String name;
  private final Holds holds;
  private final WordBags bags;
  private final WordLevels rule;
  private final double[] weight;
  private final int[] textOf;
  private final float[] logTextFrequency;
  private final long[] wordHash;

  TextAttribute(
      String name, String[] column, Holds holds, FrequencyTable wholes, FrequencyTable words) {
    this.name = name;
    this.holds = holds;
    this.rule = new WordLevels(holds == Holds.NAMES_OF_PERSONS);
    String[][] texts = new String[column.length][];
    Dictionary whole = new Dictionary(wholes);
    this.textOf = new int[column.length];
    int filled = 0;
    for (int i = 0; i < column.length; i++) {
      String text = Text.words(column[i]);
      texts[i] = text.isEmpty() ? new String[0] : text.split(" ");
      textOf[i] = text.isEmpty() ? -1 : whole.number(text);
      if (textOf[i] >= 0) {
        whole.count(textOf[i]);
        filled++;
      }
    }
    this.logTextFrequency = whole.logFrequencies(filled);
    // what two records say may be one entity's: only a third makes a text a frequent one
    for (int text = 0; text < logTextFrequency.length; text++) {
      if (whole.records(text) < COMMON) {
        logTextFrequency[text] = Float.NaN;
      }
    }
    this.bags = WordBags.of(texts, words);
    this.weight = new double[column.length];
    for (int i = 0; i < weight.length; i++) {
      for (int word : bags.bags[i]) {
        weight[i] -= bags.logFrequency[word];
      }
    }
    this.wordHash = new long[bags.words.length];
    for (int word = 0; word < wordHash.length; word++) {
      wordHash[word] = Text.hash(bags.words[word]);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean missing(int record) {
    return textOf[record] < 0;
  }

  @Override
  public String show(int record) {
    return bags.show(record);
  }

  @Override
  public List<String> levels() {
    List<String> labels = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      labels.add("similarity " + bin * 100 / BINS + " % to " + (bin + 1) * 100 / BINS + " %");
    }
    labels.add("equal");
    return labels;
  }

  @Override
  public int[] groups() {
    return new int[BINS + 1];
  }

  @Override
  public double[] sharing() {
    return new double[] {Household.SHARED};
  }

  @Override
  public boolean place() {
    return holds == Holds.PLACE;
  }

  @Override
  public int agreement() {
    return BINS - 1;
  }

  @Override
  public int group(int record) {
    return textOf[record];
  }

  @Override
  public boolean ordered() {
    return true;
  }

  @Override
  public double[] belief() {
    double[] belief = new double[BINS + 1];
    for (int bin = 0; bin < BINS; bin++) {
      belief[bin] = 0.5 * 2 * (bin + 1) / (BINS * (BINS + 1.0));
    }
    belief[BINS] = 0.5;
    return belief;
  }

  @Override
  public void compare(int left, int right, LevelCache cache, Evidence evidence) {
    if (textOf[left] < 0 || textOf[right] < 0) {
      return;
    }
    if (textOf[left] == textOf[right]) {
      evidence.add(BINS, logTextFrequency[textOf[left]]);
      return;
    }
    double both = weight[left] + weight[right];
    double similarity = both == 0 ? 1 : common(bags.bags[left], bags.bags[right], cache) / both;
    evidence.add(Math.min(BINS - 1, (int) (similarity * BINS)));
  }

  /** The weight of the words in common, of both texts together; equal words first. */
  private double common(int[] a, int[] b, LevelCache cache) {
    long usedA = 0;
    long usedB = 0;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        if (a[i] == b[j]) {
          usedA |= 1L << i;
          usedB |= 1L << j;
          sum -= 2 * bags.logFrequency[a[i]];
        }
      }
    }
    for (int i = 0; i < a.length; i++) {
      int best = 0;
      int with = -1;
      for (int j = 0; j < b.length && (usedA >> i & 1) == 0; j++) {
        int level = (usedB >> j & 1) == 0 ? level(a[i], b[j], cache) : 0;
        if (level > best) {
          best = level;
          with = j;
        }
      }
      if (with >= 0) {
        usedB |= 1L << with;
        sum -= SHARE[best] * (bags.logFrequency[a[i]] + bags.logFrequency[b[with]]);
      }
    }
    return sum;
  }

  /** Words that begin with different letters are taken for different, which spares most of them. */
  private int level(int a, int b, LevelCache cache) {
    if (bags.words[a].charAt(0) != bags.words[b].charAt(0)) {
      return 0;
    }
    int level = cache.get(a, b);
    if (level < 0) {
      level = rule.level(bags.words[a], bags.words[b]);
      cache.put(a, b, level);
    }
    return level;
  }

  @Override
  public List<String> keyNames() {
    return List.of("word");
  }

  @Override
  public void keys(int record, KeySink sink) {
    for (int word : bags.bags[record]) {
      sink.key(0, wordHash[word]);
    }
  }

  @Override
  public boolean combines(int keyName, int otherKeyName) {
    return true;
  }
}
