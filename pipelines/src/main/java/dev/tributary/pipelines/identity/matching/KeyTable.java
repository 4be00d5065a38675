package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The blocking keys of all records, and of which attribute and name each is. */
final class KeyTable {
  private final List<int[]> types = new ArrayList<>();
  private final int[] start;
  private long[] hashes = new long[1 << 10];
  private byte[] typeOf = new byte[1 << 10];
  private int size;

  private KeyTable(int records) {
    this.start = new int[records + 1];
  }

  static KeyTable of(List<Attribute> attributes, int records) {
    KeyTable table = new KeyTable(records);
    int[] first = new int[attributes.size()];
    for (int a = 0; a < first.length; a++) {
      first[a] = table.types.size();
      for (int name = 0; name < attributes.get(a).keyNames().size(); name++) {
        table.types.add(new int[] {a, name});
      }
    }
    for (int record = 0; record < records; record++) {
      for (int a = 0; a < first.length; a++) {
        int type = first[a];
        long salt = Text.mix(a + 1L);
        attributes
            .get(a)
            .keys(record, (name, hash) -> table.add(type + name, hash ^ Text.mix(salt + name)));
      }
      table.start[record + 1] = table.size;
    }
    return table;
  }

  private void add(int type, long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      typeOf = Arrays.copyOf(typeOf, size * 2);
    }
    hashes[size] = hash;
    typeOf[size++] = (byte) type;
  }

  int types() {
    return types.size();
  }

  int attribute(int type) {
    return types.get(type)[0];
  }

  int name(int type) {
    return types.get(type)[1];
  }

  int start(int record) {
    return start[record];
  }

  int type(int key) {
    return typeOf[key];
  }

  long hash(int key) {
    return hashes[key];
  }

  /** Marks the keys of a type that are no part of longer rules: all but the crowded. */
  void keepOnly(int type, Blocking.LongSet crowded, Blocking.LongSet tooCommon) {
    for (int k = 0; k < size; k++) {
      if (typeOf[k] == type && (!crowded.contains(hashes[k]) || tooCommon.contains(hashes[k]))) {
        typeOf[k] = -1;
      }
    }
  }

  /** Removes the keys that are marked. */
  void compact() {
    int kept = 0;
    int from = 0;
    for (int record = 0; record + 1 < start.length; record++) {
      int until = start[record + 1];
      for (int k = from; k < until; k++) {
        if (typeOf[k] >= 0) {
          hashes[kept] = hashes[k];
          typeOf[kept++] = typeOf[k];
        }
      }
      from = until;
      start[record + 1] = kept;
    }
    size = kept;
  }
}
