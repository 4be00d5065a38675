package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses which records are compared at all. Every key of every attribute is a blocking rule; a key
 * that too many records share is joined with each other such key of the record, two and then three
 * at a time, until its blocks are within the bound (after the idea of dynamic blocking, McNeill,
 * Kardes and Borthwick 2012). No rule is chosen by hand, no block is larger than the bound.
 */
final class Blocking {
  /** Records in a block at most. */
  static final int BOUND = 60;

  /** A key that more than this share of the records have says nothing. */
  private static final double COMMON = 0.2;

  private static final int FEW = 200;
  static final int RECORD_BITS = 24;

  private final List<Attribute> attributes;
  private final int records;
  private final KeyTable keys;
  private final BlockList blocks = new BlockList();
  private final List<LongSet> crowdedPairs = new ArrayList<>();

  private Blocking(List<Attribute> attributes, int records) {
    this.attributes = attributes;
    this.records = records;
    this.keys = KeyTable.of(attributes, records);
  }

  /** The blocks of all rules. */
  static CandidatePairs of(List<Attribute> attributes, int records, Copies copies) {
    Blocking blocking = new Blocking(attributes, records);
    copies.chain(blocking.blocks);
    blocking.singles();
    blocking.pairs();
    blocking.triples();
    return new CandidatePairs(records, blocking.blocks);
  }

  /** A key's hash, 40 bits of it, and a record. */
  static long entry(long hash, int record) {
    return Text.mix(hash) << RECORD_BITS | record;
  }

  static boolean sameKey(long one, long two) {
    return one >>> RECORD_BITS == two >>> RECORD_BITS;
  }

  static int record(long entry) {
    return (int) (entry & (1 << RECORD_BITS) - 1);
  }

  private void singles() {
    int common = records < FEW ? records : Math.max(BOUND, (int) (COMMON * records));
    for (int type = 0; type < keys.types(); type++) {
      Rule rule = new Rule();
      for (int record = 0; record < records; record++) {
        for (int k = keys.start(record); k < keys.start(record + 1); k++) {
          if (keys.type(k) == type) {
            rule.add(keys.hash(k), record);
          }
        }
      }
      LongSet tooCommon = new LongSet();
      LongSet crowded = rule.close(blocks, common, tooCommon);
      keys.keepOnly(type, crowded, tooCommon);
    }
    keys.compact();
  }

  private void pairs() {
    int types = keys.types();
    for (int one = 0; one < types; one++) {
      for (int two = one; two < types; two++) {
        crowdedPairs.add(allowed(one, two) ? pair(one, two) : new LongSet());
      }
    }
  }

  private boolean allowed(int one, int two) {
    if (keys.attribute(one) != keys.attribute(two)) {
      return true;
    }
    Attribute attribute = attributes.get(keys.attribute(one));
    return attribute.combines(keys.name(one), keys.name(two));
  }

  private LongSet pair(int one, int two) {
    Rule rule = new Rule();
    for (int record = 0; record < records; record++) {
      for (int a = keys.start(record); a < keys.start(record + 1); a++) {
        if (keys.type(a) != one) {
          continue;
        }
        for (int b = one == two ? a + 1 : keys.start(record); b < keys.start(record + 1); b++) {
          if (keys.type(b) == two && keys.hash(a) != keys.hash(b)) {
            rule.add(joined(keys.hash(a), keys.hash(b)), record);
          }
        }
      }
    }
    return rule.close(blocks, Integer.MAX_VALUE, null);
  }

  private LongSet crowded(int one, int two) {
    int low = Math.min(one, two);
    int high = Math.max(one, two);
    int types = keys.types();
    return crowdedPairs.get(low * types - low * (low - 1) / 2 + high - low);
  }

  /** Three keys are tried only where each two of them are too many. */
  private void triples() {
    int types = keys.types();
    for (int one = 0; one < types; one++) {
      for (int two = one; two < types; two++) {
        for (int three = two; three < types && !crowded(one, two).isEmpty(); three++) {
          if (!crowded(one, three).isEmpty() && !crowded(two, three).isEmpty()) {
            triple(one, two, three);
          }
        }
      }
    }
  }

  private void triple(int one, int two, int three) {
    Rule rule = new Rule();
    for (int record = 0; record < records; record++) {
      for (int a = keys.start(record); a < keys.start(record + 1); a++) {
        if (keys.type(a) == one) {
          second(rule, record, a, two, three);
        }
      }
    }
    rule.close(blocks, Integer.MAX_VALUE, null);
  }

  private void second(Rule rule, int record, int a, int two, int three) {
    int end = keys.start(record + 1);
    for (int b = two == keys.type(a) ? a + 1 : keys.start(record); b < end; b++) {
      if (keys.type(b) != two
          || !crowded(keys.type(a), two).contains(joined(keys.hash(a), keys.hash(b)))) {
        continue;
      }
      for (int c = three == two ? b + 1 : keys.start(record); c < end; c++) {
        if (keys.type(c) == three
            && crowded(keys.type(a), three).contains(joined(keys.hash(a), keys.hash(c)))
            && crowded(two, three).contains(joined(keys.hash(b), keys.hash(c)))) {
          rule.add(joined(keys.hash(a), keys.hash(b)) + Text.mix(keys.hash(c)), record);
        }
      }
    }
  }

  /** The same for either order. */
  private static long joined(long one, long two) {
    return Text.mix(one) + Text.mix(two);
  }

  /** The keys of one rule with their records, 40 bits of a hash and 24 of a record's number. */
  private static final class Rule {
    private long[] entries = new long[1 << 10];
    private int size;

    void add(long hash, int record) {
      if (size == entries.length) {
        entries = Arrays.copyOf(entries, size * 2);
      }
      entries[size++] = entry(hash, record);
    }

    /** Makes blocks of keys that few share; returns the keys that too many share. */
    LongSet close(BlockList blocks, int common, LongSet tooCommon) {
      Arrays.parallelSort(entries, 0, size);
      LongSet crowded = new LongSet();
      int from = 0;
      while (from < size) {
        long key = entries[from] >>> RECORD_BITS;
        int until = from + 1;
        while (until < size && entries[until] >>> RECORD_BITS == key) {
          until++;
        }
        if (until - from > common) {
          tooCommon.add(key);
        } else if (until - from > BOUND) {
          crowded.add(key);
        } else if (until - from > 1) {
          blocks.add(entries, from, until, RECORD_BITS);
        }
        from = until;
      }
      entries = null;
      return crowded;
    }
  }

  /** A set of the keys of a rule, told by their hash before it is mixed. */
  static final class LongSet {
    private long[] slots = new long[8];
    private int size;

    boolean isEmpty() {
      return size == 0;
    }

    private void add(long key) {
      if (size * 2 >= slots.length) {
        long[] old = slots;
        slots = new long[old.length * 2];
        size = 0;
        for (long one : old) {
          if (one != 0) {
            add(one - 1);
          }
        }
      }
      int at = (int) key & slots.length - 1;
      while (slots[at] != 0) {
        at = at + 1 & slots.length - 1;
      }
      slots[at] = key + 1;
      size++;
    }

    boolean contains(long hash) {
      long key = Text.mix(hash) << RECORD_BITS >>> RECORD_BITS;
      int at = (int) key & slots.length - 1;
      while (slots[at] != 0) {
        if (slots[at] == key + 1) {
          return true;
        }
        at = at + 1 & slots.length - 1;
      }
      return false;
    }
  }
}
