package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** Groups that grow batch by batch, against the components of all pairs so far. */
class GroupJoinTest {
  private static final int NODE = 0;
  private static final int PAIR = 1;
  private static final int TOUCHED = 1;
  private static final int JOINED = 2;
  private static final int NODES = 40;

  private final Map<Long, Long> groupOf = new HashMap<>();
  private final Map<Long, Long> rootOf = new HashMap<>();
  private final List<InternalRow> standing = new ArrayList<>();
  private final Map<Long, Long> components = new HashMap<>();

  @Property(tries = 300, seed = "5")
  void groups_are_the_components_of_all_pairs_of_all_batches(
      @ForAll @Size(min = 1, max = 8)
          List<@Size(max = 12) List<@IntRange(max = NODES - 1) Integer>> batches,
      @ForAll Random random) {
    groupOf.clear();
    rootOf.clear();
    standing.clear();
    components.clear();
    for (int batch = 1; batch <= batches.size(); batch++) {
      batch(batch, batches.get(batch - 1), random);
      for (long one : groupOf.keySet()) {
        for (long other : groupOf.keySet()) {
          assertThat(root(one) == root(other))
              .as("%d and %d in one group after batch %d", one, other, batch)
              .isEqualTo(component(one) == component(other));
        }
      }
    }
  }

  private void batch(int batch, List<Integer> ends, Random random) {
    List<InternalRow> in = new ArrayList<>(standing);
    for (int i = 0; i + 1 < ends.size(); i += 2) {
      long left = id(ends.get(i));
      long right = id(ends.get(i + 1));
      in.add(row(PAIR, left, right, 0L));
      in.add(row(NODE, left, groupOf.get(left), 0L));
      in.add(row(NODE, right, groupOf.get(right), 0L));
      components.put(component(left), component(right));
    }
    Set<String> out = texts(in);
    Collections.shuffle(in, random);
    assertThat(texts(in)).as("whatever the order").isEqualTo(out);
    apply(batch, in);
  }

  private void apply(int batch, List<InternalRow> in) {
    Set<Long> touched = new HashSet<>();
    Set<Long> roots = new HashSet<>();
    new GroupJoin()
        .call(in.iterator())
        .forEachRemaining(
            row -> {
              long a = row.getLong(1);
              long root = row.getLong(2);
              if (row.getInt(0) == NODE) {
                groupOf.putIfAbsent(a, root);
                roots.add(root);
              } else if (row.getInt(0) == JOINED) {
                rootOf.put(a, root);
                standing.add(row(JOINED, a, root, (long) batch));
              } else if (row.getInt(0) == TOUCHED) {
                touched.add(a);
              }
            });
    Set<Long> older = new HashSet<>(rootOf.keySet());
    older.removeIf(group -> !roots.contains(rootOf.get(group)));
    assertThat(touched).as("all that is part of a touched group").containsAll(older);
  }

  private static Set<String> texts(List<InternalRow> in) {
    Set<String> texts = new TreeSet<>();
    new GroupJoin().call(in.iterator()).forEachRemaining(row -> texts.add(row.toString()));
    return texts;
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  /** Spread over all numbers, as hashes are. */
  private static long id(int number) {
    return number * 0x9E3779B97F4A7C15L;
  }

  private long root(long node) {
    long group = groupOf.get(node);
    return rootOf.getOrDefault(group, group);
  }

  private long component(long node) {
    long at = node;
    while (components.getOrDefault(at, at) != at) {
      at = components.get(at);
    }
    return at;
  }
}
