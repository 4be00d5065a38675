package dev.tributary.pipelines.identity;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A number of one batch as a column. Of a literal Spark makes a part of the code that it generates,
 * so code with the number of a batch in it is compiled anew in each, which takes a small batch
 * longer than its rows; a parameter stands beside the code.
 */
final class Parameter {
  private Parameter() {}

  /** A column of type {@code bigint} with the same value in all rows. */
  static Column of(long value) {
    // What is deterministic and has no arguments Spark computes in advance, as a literal.
    UDF0<Long> always = () -> value;
    return functions.udf(always, DataTypes.LongType).asNondeterministic().apply();
  }
}
