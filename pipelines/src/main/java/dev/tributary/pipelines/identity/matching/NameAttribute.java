package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a person: each word of the shorter one is looked for in the longer one and is
 * evidence of its own, so that swapped first and last names, a surname in the middle and words left
 * out are understood. Words weigh by how rare they are; levels are learned apart for given, middle
 * and family names and for titles.
 */
final class NameAttribute implements Attribute {
  static final int MAX_WORDS = WordBags.MAX_WORDS;

  private static final int LEVELS = WordLevels.LABELS.size();

  /** Probability that two persons have one name, and the records that weigh as much. */
  private static final double COINCIDENCE = 0.001;

  private static final double UNSEEN = 50;
  private static final List<String> KEYS = List.of("word", "sound");

  private final String name;
  private final WordBags bags;
  private final byte[][] roles;
  private final WordLevels rule;
  private final long[] wordHash;
  private final long[] soundHash;
  private final Character.UnicodeScript[] script;

  private final float[][] logFollowing;

  private NameAttribute(String name, WordBags bags, byte[][] roles, float[][] logFollowing) {
    this.logFollowing = logFollowing;
    this.name = name;
    this.bags = bags;
    this.roles = roles;
    this.rule = new WordLevels(true);
    this.wordHash = new long[bags.words.length];
    this.soundHash = new long[bags.words.length];
    this.script = new Character.UnicodeScript[wordHash.length];
    for (int word = 0; word < wordHash.length; word++) {
      script[word] = Character.UnicodeScript.of(bags.words[word].codePointAt(0));
      wordHash[word] = Text.hash(bags.words[word]);
      String sound = StringDistance.soundex(bags.words[word]);
      soundHash[word] = sound.isEmpty() ? 0 : Text.hash(sound) | 1;
    }
  }

  /** The name of a person from its columns. */
  static NameAttribute ofPersons(String name, List<NameRole.Words> records, FrequencyTable table) {
    String[][] texts = new String[records.size()][];
    byte[][] roles = new byte[records.size()][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = records.get(i).words();
      roles[i] = records.get(i).roles();
    }
    WordBags bags = WordBags.of(texts, COINCIDENCE, UNSEEN, table);
    // a fitted model knows the frequencies of words alone
    float[][] following =
        table == null ? CompoundNames.following(bags, roles) : new float[texts.length][];
    return new NameAttribute(name, bags, roles, following);
  }

  /** Whether most records have a given name, not only that of a family. */
  boolean hasGivenNames() {
    int some = 0;
    for (byte[] each : roles) {
      for (byte role : each) {
        if (role == NameRole.GIVEN.ordinal() || role == NameRole.MIDDLE.ordinal()) {
          some++;
          break;
        }
      }
    }
    return 2L * some >= roles.length;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean missing(int record) {
    return bags.bags[record].length == 0;
  }

  @Override
  public String show(int record) {
    return bags.show(record);
  }

  @Override
  public List<String> levels() {
    List<String> labels = new ArrayList<>();
    for (NameRole role : NameRole.values()) {
      for (String label : WordLevels.LABELS) {
        labels.add(role.label() + ": " + label);
      }
    }
    return labels;
  }

  @Override
  public int[] groups() {
    int[] groups = new int[levels().size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = i / LEVELS;
    }
    return groups;
  }

  @Override
  public double[] sharing() {
    double[] sharing = new double[NameRole.values().length];
    for (NameRole role : NameRole.values()) {
      boolean family = role == NameRole.FAMILY || role == NameRole.TITLE;
      sharing[role.ordinal()] = family ? Household.SHARED : Household.PERSONAL;
    }
    return sharing;
  }

  /** Names do not tell addresses, dates or places. */
  @Override
  public int agreement() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int group(int record) {
    return -1;
  }

  @Override
  public double[] belief() {
    double[] belief = new double[levels().size()];
    for (NameRole role : NameRole.values()) {
      System.arraycopy(role.belief(), 0, belief, role.ordinal() * LEVELS, LEVELS);
    }
    return belief;
  }

  @Override
  public void compare(int left, int right, LevelCache cache, Evidence evidence) {
    int more = bags.bags[left].length - bags.bags[right].length;
    boolean longer = more > 0 || more == 0 && left > right;
    int shorterRecord = longer ? right : left;
    int[] shorter = bags.bags[shorterRecord];
    int[] other = bags.bags[longer ? left : right];
    if (shorter.length == 0) {
      return;
    }
    match(shorter, other, shorterRecord, cache, evidence);
  }

  /** Best levels first; among equal levels the words that stand first. */
  private void match(int[] a, int[] b, int record, LevelCache cache, Evidence evidence) {
    byte[] role = roles[record];
    float[] following = logFollowing[record];
    long usedA = 0;
    long usedB = 0;
    int open = a.length;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        if (a[i] == b[j]) {
          boolean follows = following != null && i > 0 && (usedA >> i - 1 & 1) == 1;
          usedA |= 1L << i;
          usedB |= 1L << j;
          open--;
          evidence.add(
              role[i] * LEVELS + WordLevels.EQUAL,
              follows ? following[i] : bags.logFrequency[a[i]]);
        }
      }
    }
    int best = open == 0 ? 0 : levels(a, b, usedA, usedB, cache);
    for (int level = best; level > 0 && open > 0; level--) {
      for (int i = 0; i < a.length; i++) {
        for (int j = 0; j < b.length && (usedA >> i & 1) == 0; j++) {
          if ((usedB >> j & 1) == 0 && cache.matrix[i * MAX_WORDS + j] == level) {
            usedA |= 1L << i;
            usedB |= 1L << j;
            open--;
            evidence.add(role[i] * LEVELS + level);
          }
        }
      }
    }
    for (int i = 0; i < a.length && open > 0; i++) {
      if ((usedA >> i & 1) == 0 && sameScript(a[i], b)) {
        evidence.add(role[i] * LEVELS + WordLevels.NONE);
      }
    }
  }

  /** A name in another script cannot be compared, so it is no evidence. */
  private boolean sameScript(int word, int[] others) {
    for (int other : others) {
      if (script[word] == script[other]) {
        return true;
      }
    }
    return false;
  }

  /** Fills the matrix for the words that are left over; returns the highest level in it. */
  private int levels(int[] a, int[] b, long usedA, long usedB, LevelCache cache) {
    int best = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length && (usedA >> i & 1) == 0; j++) {
        if ((usedB >> j & 1) == 0) {
          int level = cache.get(a[i], b[j]);
          if (level < 0) {
            level = rule.level(bags.words[a[i]], bags.words[b[j]]);
            cache.put(a[i], b[j], level);
          }
          cache.matrix[i * MAX_WORDS + j] = (byte) level;
          best = Math.max(best, level);
        }
      }
    }
    return best;
  }

  @Override
  public List<String> keyNames() {
    return KEYS;
  }

  @Override
  public void keys(int record, KeySink sink) {
    int[] bag = bags.bags[record];
    for (int i = 0; i < bag.length; i++) {
      boolean title = roles[record][i] == NameRole.TITLE.ordinal();
      if (title || bags.words[bag[i]].length() == 1) {
        continue;
      }
      sink.key(0, wordHash[bag[i]]);
      if (soundHash[bag[i]] != 0) {
        sink.key(1, soundHash[bag[i]]);
      }
    }
  }

  @Override
  public boolean combines(int keyName, int otherKeyName) {
    return keyName == otherKeyName;
  }
}
