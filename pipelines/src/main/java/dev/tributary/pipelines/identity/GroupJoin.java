package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.schemas.contract.IdentityGroupColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Joins the groups of a small delta in one task. It comes to what {@link Groups#after} does with
 * joins between tables, without their dozen jobs, each of which costs more than all of its rows.
 */
final class GroupJoin implements MapPartitionsFunction<Row, Row>, Serializable {
  private static final long serialVersionUID = 1;

  /** In: a touched identifier and its group, if it has one. Out: identifier and root. */
  private static final int NODE = 0;

  /**
   * In: two identifiers. Out: an older group and the root of the touched one that it is part of.
   */
  private static final int PAIR = 1;

  private static final int TOUCHED = 1;

  /** In: a group, what it was joined to, and the batch. Out: the same, new. */
  private static final int JOINED = 2;

  private static final StructType OUT =
      new StructType()
          .add("kind", DataTypes.IntegerType)
          .add("a", DataTypes.LongType)
          .add("b", DataTypes.LongType);

  /** See {@link Groups#after}. */
  static Groups of(Dataset<Row> nodes, Dataset<Row> pairs, Dataset<Row> groups, Staging staging) {
    Dataset<Row> in =
        rows(nodes, NODE, col("node"), col("group_id"), lit(0L))
            .unionAll(rows(pairs, PAIR, col("src"), col("dst"), lit(0L)));
    if (groups != null) {
      in =
          in.unionAll(
              rows(
                  groups,
                  JOINED,
                  col(IdentityGroupColumns.GROUP_ID),
                  col(IdentityGroupColumns.ROOT),
                  col(IdentityGroupColumns.BATCH)));
    }
    Dataset<Row> out =
        staging.keep("groups", in.coalesce(1).mapPartitions(new GroupJoin(), Encoders.row(OUT)));
    return new Groups(
        of(out, NODE, "node"), of(out, TOUCHED, "group_id"), of(out, JOINED, "group_id"));
  }

  private static Dataset<Row> rows(Dataset<Row> from, int kind, Column a, Column b, Column c) {
    return from.select(lit(kind).as("kind"), a.as("a"), b.as("b"), c.as("c"));
  }

  private static Dataset<Row> of(Dataset<Row> out, int kind, String name) {
    return out.where(col("kind").equalTo(kind)).select(col("a").as(name), col("b").as("root"));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Task(rows).result().iterator();
  }

  /** A group's newest word on what it is part of. */
  private record Standing(long root, long batch) {}

  private static final class Task {
    private final Map<Long, Long> groupOf = new HashMap<>();
    private final List<long[]> pairs = new ArrayList<>();
    private final Map<Long, Standing> standing = new HashMap<>();
    private final Map<Long, Long> vertexOf = new HashMap<>();
    private final Set<Long> old = new HashSet<>();
    private final Map<Long, Long> parents = new HashMap<>();
    private final Map<Long, Long> rootOf = new HashMap<>();

    Task(Iterator<Row> rows) {
      rows.forEachRemaining(this::add);
      groupOf.forEach(this::place);
      pairs.forEach(this::unite);
      // The smallest older group of each component is its root; without one, the smallest vertex.
      old.forEach(vertex -> rootOf.merge(Groups.find(parents, vertex), vertex, Math::min));
      for (long vertex : vertexOf.values()) {
        rootOf.putIfAbsent(Groups.find(parents, vertex), Groups.find(parents, vertex));
      }
    }

    private void add(Row row) {
      long a = row.getLong(1);
      switch (row.getInt(0)) {
        case NODE -> groupOf.putIfAbsent(a, row.isNullAt(2) ? null : (Long) row.getLong(2));
        case PAIR -> pairs.add(new long[] {a, row.getLong(2)});
        default ->
            standing.merge(
                a,
                new Standing(row.getLong(2), row.getLong(3)),
                (one, other) -> one.batch() >= other.batch() ? one : other);
      }
    }

    /** A vertex is a group as it stands, or an identifier that has none. */
    private void place(long node, Long group) {
      Standing joined = group == null ? null : standing.get(group);
      long vertex = joined != null ? joined.root() : group != null ? group : node;
      vertexOf.put(node, vertex);
      if (group != null) {
        old.add(vertex);
      }
    }

    private void unite(long[] pair) {
      Long left = vertexOf.get(pair[0]);
      Long right = vertexOf.get(pair[1]);
      if (left != null && right != null) {
        long one = Groups.find(parents, left);
        long other = Groups.find(parents, right);
        parents.put(Math.max(one, other), Math.min(one, other));
      }
    }

    private long root(long vertex) {
      return rootOf.get(Groups.find(parents, vertex));
    }

    List<Row> result() {
      List<Row> result = new ArrayList<>();
      vertexOf.forEach((node, vertex) -> result.add(row(NODE, node, root(vertex))));
      for (long vertex : old) {
        told(result, vertex, vertex);
      }
      standing.forEach(
          (group, joined) -> {
            if (old.contains(joined.root())) {
              told(result, group, joined.root());
            }
          });
      return result;
    }

    private void told(List<Row> result, long group, long was) {
      long root = root(was);
      result.add(row(TOUCHED, group, root));
      if (was != root) {
        result.add(row(JOINED, group, root));
      }
    }

    private static Row row(int kind, long a, long b) {
      return RowFactory.create(kind, a, b);
    }
  }
}
