package dev.tributary.pipelines.identity.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LongTableTest {
  @Property(tries = 200, seed = "83")
  void holdsWhatAMapHolds(@ForAll List<Long> keys, @ForAll boolean smallest) {
    Map<Long, Long> expected = new HashMap<>();
    LongTable table = new LongTable();
    for (int i = 0; i < keys.size(); i++) {
      long value = (i * 31L) % 17;
      expected.merge(keys.get(i), value, (a, b) -> smallest ? Long.min(a, b) : b);
      table.keepFirst(keys.get(i), value, smallest ? VertexOrder.NATURAL : null);
    }
    assertThat(table.size()).isEqualTo(expected.size());
    expected.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
    assertThat(read(table.pairs())).isEqualTo(expected);
  }

  @Property(tries = 5, seed = "84")
  void growsToManyEntriesAndChunks(@ForAll long first) {
    LongTable table = new LongTable();
    for (long key = first; key != first + 50_000; key++) {
      assertThat(table.add(key)).isTrue();
    }
    assertThat(table.add(first)).isFalse();
    assertThat(read(table.pairs())).hasSize(50_000).containsEntry(first + 49_999, first + 49_999);
    assertThat(read(LongTable.of(table.pairs()).pairs())).hasSize(50_000);
  }

  private static Map<Long, Long> read(Iterator<long[]> chunks) {
    Map<Long, Long> pairs = new HashMap<>();
    while (chunks.hasNext()) {
      long[] chunk = chunks.next();
      assertThat(chunk.length).isPositive().isEven().isLessThanOrEqualTo(Chunks.LENGTH);
      for (int i = 0; i < chunk.length; i += 2) {
        assertThat(pairs.put(chunk[i], chunk[i + 1])).isNull();
      }
    }
    return pairs;
  }
}
