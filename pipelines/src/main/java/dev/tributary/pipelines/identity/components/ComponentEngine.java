package dev.tributary.pipelines.identity.components;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds connected components. All engines give the same rows for the same set of edges, whatever
 * their order, partitioning, direction and repetition.
 *
 * <p>An implementation outside this package is a {@link java.util.ServiceLoader} provider.
 */
public interface ComponentEngine {
  /** Column of edges: one end, BIGINT. */
  String SRC = "src";

  /** Column of edges: the other end, BIGINT. */
  String DST = "dst";

  /** Column of the result: a vertex, BIGINT. */
  String ID = "id";

  /** Column of the result: the smallest vertex of its component, BIGINT. */
  String COMPONENT = "component";

  /** What {@link #components} returns: both columns BIGINT, never null. */
  StructType RESULT =
      new StructType().add(ID, DataTypes.LongType, false).add(COMPONENT, DataTypes.LongType, false);

  /** The name that configuration knows it by, for example {@code builtin}. */
  String name();

  /**
   * Labels every vertex that occurs in an edge with the smallest vertex of its component.
   *
   * @param edges columns {@link #SRC} and {@link #DST} as BIGINT without nulls, others are ignored;
   *     undirected, any 64-bit ids, repeats and self-loops allowed; a vertex without neighbours is
   *     a self-loop
   * @return one row a vertex, in no order: {@link #ID}, {@link #COMPONENT}, smallest by signed
   *     comparison. It has been computed when this returns and is held in Spark's storage as long
   *     as it is reachable, or until {@link Dataset#unpersist()} where the engine caches Datasets:
   *     call that when done, it never harms
   * @throws IllegalArgumentException when a column is missing or not BIGINT
   */
  Dataset<Row> components(Dataset<Row> edges);

  /**
   * For engines: the two columns of edges, and nothing else.
   *
   * @throws IllegalArgumentException when one is missing or not BIGINT
   */
  static Dataset<Row> checked(Dataset<Row> edges) {
    for (String column : List.of(SRC, DST)) {
      if (!List.of(edges.columns()).contains(column)) {
        throw ComponentErrors.noColumn(column, edges.columns());
      }
      DataType type = edges.schema().apply(column).dataType();
      if (!type.equals(DataTypes.LongType)) {
        throw ComponentErrors.notBigint(column, type);
      }
    }
    return edges.select(col(SRC), col(DST));
  }
}
