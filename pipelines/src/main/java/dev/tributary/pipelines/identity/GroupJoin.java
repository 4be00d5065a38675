package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.pipelines.identity.components.LongTable;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Joins the groups of a small delta in one task. It comes to what {@link Groups#after} does with
 * joins between tables, without their dozen jobs, each of which costs more than all of its rows.
 */
final class GroupJoin implements FlatMapFunction<Iterator<InternalRow>, InternalRow>, Serializable {
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
    var plan = ((org.apache.spark.sql.classic.Dataset<Row>) in.coalesce(1)).queryExecution();
    Dataset<Row> out =
        ((org.apache.spark.sql.classic.SparkSession) nodes.sparkSession())
            .internalCreateDataFrame(
                plan.toRdd().toJavaRDD().mapPartitions(new GroupJoin()).rdd(), OUT, false);
    out = staging.keep("groups", out);
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
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new Task(rows).result().iterator();
  }

  private static final class Task {
    private final LongTable nodes = new LongTable();
    private final LongTable groupOf = new LongTable();
    private final LongStream.Builder pairs = LongStream.builder();

    /** A group's newest word on what it is part of, and the batch that said so. */
    private final LongTable standing = new LongTable();

    private final LongTable said = new LongTable();

    /** Groups as they stand that are touched. */
    private final LongTable old = new LongTable();

    /** Vertices up to the smallest of their component. */
    private final LongTable parents = new LongTable();

    private final LongTable rootOf = new LongTable();

    Task(Iterator<InternalRow> rows) {
      rows.forEachRemaining(this::add);
      for (var node = nodes.cursor(); node.next(); ) {
        if (groupOf.contains(node.key())) {
          old.add(vertex(node.key()));
        }
      }
      for (var ends = pairs.build().iterator(); ends.hasNext(); ) {
        unite(ends.nextLong(), ends.nextLong());
      }
      // The smallest older group of each component is its root; without one, the smallest vertex.
      for (var vertex = old.cursor(); vertex.next(); ) {
        long first = find(vertex.key());
        if (!rootOf.contains(first) || vertex.key() < rootOf.get(first)) {
          rootOf.put(first, vertex.key());
        }
      }
    }

    private void add(InternalRow row) {
      long a = row.getLong(1);
      switch (row.getInt(0)) {
        case NODE -> {
          nodes.add(a);
          if (!row.isNullAt(2)) {
            groupOf.put(a, row.getLong(2));
          }
        }
        case PAIR -> pairs.add(a).add(row.getLong(2));
        default -> {
          if (!said.contains(a) || said.get(a) < row.getLong(3)) {
            standing.put(a, row.getLong(2));
            said.put(a, row.getLong(3));
          }
        }
      }
    }

    /** A vertex is a group as it stands, or an identifier that has none. */
    private long vertex(long node) {
      return groupOf.contains(node) ? standing.get(groupOf.get(node)) : node;
    }

    private void unite(long left, long right) {
      if (nodes.contains(left) && nodes.contains(right)) {
        long one = find(vertex(left));
        long other = find(vertex(right));
        parents.put(Math.max(one, other), Math.min(one, other));
      }
    }

    private long find(long vertex) {
      long first = vertex;
      for (long up = parents.get(first); up != first; up = parents.get(first)) {
        first = up;
      }
      for (long at = vertex; at != first; ) {
        long up = parents.get(at);
        parents.put(at, first);
        at = up;
      }
      return first;
    }

    private long root(long vertex) {
      return rootOf.get(find(vertex));
    }

    List<InternalRow> result() {
      List<InternalRow> result = new ArrayList<>();
      for (var node = nodes.cursor(); node.next(); ) {
        result.add(row(NODE, node.key(), root(vertex(node.key()))));
      }
      for (var vertex = old.cursor(); vertex.next(); ) {
        told(result, vertex.key(), vertex.key());
      }
      for (var group = standing.cursor(); group.next(); ) {
        if (old.contains(group.value())) {
          told(result, group.key(), group.value());
        }
      }
      return result;
    }

    private void told(List<InternalRow> result, long group, long was) {
      long root = root(was);
      result.add(row(TOUCHED, group, root));
      if (was != root) {
        result.add(row(JOINED, group, root));
      }
    }

    private static InternalRow row(int kind, long a, long b) {
      return new GenericInternalRow(new Object[] {kind, a, b});
    }
  }
}
