package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.privacy.EncodedTable.EncodedRecord;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The pairs that share a blocking key, each once, with the pattern of its comparison under the
 * first pass in which they share one. In the order of the tables, whatever the keys hash to.
 */
final class CandidatePairs {
  private static final int MOST_PAIRS = 100_000_000;

  private final int fields;
  private final int width;
  private final int[] cuts;
  private final List<EncodedRecord> left;
  private final List<EncodedRecord> right;
  private final boolean within;

  private long[] ends = new long[1 << 12];
  private long[] patterns = new long[1 << 12];
  private int size;

  /**
   * @param within whether {@code right} is {@code left}: then each pair is formed once, smaller
   *     index first
   */
  CandidatePairs(
      List<EncodedRecord> left,
      List<EncodedRecord> right,
      boolean within,
      int fields,
      Hardening hardening) {
    this.left = left;
    this.right = right;
    this.within = within;
    this.fields = fields;
    this.width = hardening.words();
    this.cuts = PrivateModel.cuts(hardening);
    form();
  }

  int size() {
    return size;
  }

  int left(int pair) {
    return (int) (ends[pair] >>> 32);
  }

  int right(int pair) {
    return (int) ends[pair];
  }

  long pattern(int pair) {
    return patterns[pair];
  }

  /** How many pairs have each pattern. */
  TreeMap<Long, Long> patternCounts() {
    TreeMap<Long, Long> counts = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      counts.merge(patterns[i], 1L, Long::sum);
    }
    return counts;
  }

  private void form() {
    long[][] index = index();
    for (int l = 0; l < left.size(); l++) {
      EncodedRecord record = left.get(l);
      for (int k = 0; k < record.passes().length; k++) {
        long key = key(record, k);
        for (int at = firstAt(index[0], key); at < index[0].length && index[0][at] == key; at++) {
          int r = (int) (index[1][at] >>> 8);
          int rightKey = (int) (index[1][at] & 0xff);
          if ((!within || l < r) && sharesAt(record, k, right.get(r), rightKey)) {
            add(l, r, compare(record, k, right.get(r), rightKey));
          }
        }
      }
    }
  }

  /** Blocking keys of the right table in order, each with its record and place. */
  private long[][] index() {
    int n = right.stream().mapToInt(record -> record.passes().length).sum();
    Entry[] entries = new Entry[n];
    int at = 0;
    for (int r = 0; r < right.size(); r++) {
      for (int k = 0; k < right.get(r).passes().length; k++) {
        entries[at++] = new Entry(key(right.get(r), k), (long) r << 8 | k);
      }
    }
    Arrays.sort(entries);
    return new long[][] {
      Arrays.stream(entries).mapToLong(Entry::key).toArray(),
      Arrays.stream(entries).mapToLong(Entry::place).toArray()
    };
  }

  private record Entry(long key, long place) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byKey = Long.compare(key, other.key);
      return byKey != 0 ? byKey : Long.compare(place, other.place);
    }
  }

  private static long key(EncodedRecord record, int k) {
    return record.blocks()[k] * 0x9E3779B97F4A7C15L + record.passes()[k];
  }

  private static int firstAt(long[] keys, long key) {
    int low = 0;
    int high = keys.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether these keys are the same and no earlier pass makes the pair a candidate. */
  private static boolean sharesAt(EncodedRecord a, int ka, EncodedRecord b, int kb) {
    if (a.passes()[ka] != b.passes()[kb] || a.blocks()[ka] != b.blocks()[kb]) {
      return false;
    }
    int i = 0;
    int j = 0;
    while (i < ka && j < kb) {
      if (a.passes()[i] < b.passes()[j]) {
        i++;
      } else if (a.passes()[i] > b.passes()[j]) {
        j++;
      } else if (a.blocks()[i++] == b.blocks()[j++]) {
        return false;
      }
    }
    return true;
  }

  private long compare(EncodedRecord a, int ka, EncodedRecord b, int kb) {
    long both = a.present() & b.present();
    int leftAt = a.offset(ka, fields * width);
    int rightAt = b.offset(kb, fields * width);
    long pattern = 0;
    for (int f = 0; f < fields; f++) {
      if ((both >>> f & 1) == 1) {
        int distance =
            FieldEncoder.distance(
                a.words(), leftAt + f * width, b.words(), rightAt + f * width, width);
        long level = PrivateModel.level(distance, cuts);
        pattern |= level + 1 << PrivateModel.FIELD_BITS * f;
      }
    }
    return pattern;
  }

  private void add(int l, int r, long pattern) {
    if (size == MOST_PAIRS) {
      throw PrivacyErrors.tooManyPairs(MOST_PAIRS);
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      patterns = Arrays.copyOf(patterns, 2 * size);
    }
    ends[size] = (long) l << 32 | r;
    patterns[size++] = pattern;
  }
}
