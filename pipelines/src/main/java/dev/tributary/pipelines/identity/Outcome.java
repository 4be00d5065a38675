package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.tributary.schemas.contract.IdentityAliasColumns;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityChangeColumns;
import dev.tributary.schemas.contract.IdentityDropColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityProfileColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows that resolving a group gives, for several tables in one shape, and how each table's rows
 * are taken out again.
 */
final class Outcome {
  static final int ASSIGNMENT = 0;
  static final int PROFILE = 1;
  static final int CHANGE = 2;
  static final int ALIAS = 3;
  static final int DROP = 4;
  static final int EXCLUDED = 5;

  private static final int TEXTS = 9;
  private static final int TIMES = 4;
  private static final int FIRST_TEXT = 4;
  private static final int FIRST_TIME = FIRST_TEXT + TEXTS;
  private static final int FIRST_NUMBER = FIRST_TIME + TIMES;

  static final StructType SCHEMA = schema();

  private Outcome() {}

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add("kind", DataTypes.IntegerType)
            .add("graph", DataTypes.StringType)
            .add("group_id", DataTypes.LongType)
            .add("node", DataTypes.LongType);
    for (int i = 1; i <= TEXTS; i++) {
      schema = schema.add("s" + i, DataTypes.StringType);
    }
    for (int i = 1; i <= TIMES; i++) {
      schema = schema.add("t" + i, DataTypes.LongType);
    }
    return schema
        .add("size", DataTypes.IntegerType)
        .add("confidence", DataTypes.DoubleType)
        .add("density", DataTypes.DoubleType)
        .add("flag", DataTypes.BooleanType)
        .add("batch", DataTypes.LongType);
  }

  /** A row under construction, in Spark's own form. */
  static final class Builder {
    private final Object[] values = new Object[SCHEMA.length()];

    /**
     * @param at time of the batch in microseconds: the last of the times, unless those are given
     */
    Builder(int kind, String graph, long group, Long node, long at) {
      values[0] = kind;
      values[1] = UTF8String.fromString(graph);
      values[2] = group;
      values[3] = node;
      values[FIRST_TIME + TIMES - 1] = at;
    }

    Builder texts(String... texts) {
      for (int i = 0; i < texts.length; i++) {
        values[FIRST_TEXT + i] = UTF8String.fromString(texts[i]);
      }
      return this;
    }

    Builder times(Long... times) {
      System.arraycopy(times, 0, values, FIRST_TIME, times.length);
      return this;
    }

    Builder figures(Integer size, Double confidence, Double density) {
      values[FIRST_NUMBER] = size;
      values[FIRST_NUMBER + 1] = confidence;
      values[FIRST_NUMBER + 2] = density;
      return this;
    }

    Builder flag(boolean flag) {
      values[FIRST_NUMBER + 3] = flag;
      return this;
    }

    InternalRow row(long batch) {
      values[FIRST_NUMBER + 4] = batch;
      return new GenericInternalRow(values);
    }
  }

  private static Dataset<Row> of(Dataset<Row> outcomes, int kind, Column... columns) {
    return outcomes.where(col("kind").equalTo(kind)).select(columns);
  }

  private static Column time(String column) {
    return timestamp_micros(col(column));
  }

  static Dataset<Row> assignments(Dataset<Row> outcomes) {
    return of(
        outcomes,
        ASSIGNMENT,
        col("graph"),
        col("group_id"),
        col("node"),
        col("s1").as(IdentityAssignmentColumns.IDENTIFIER_TYPE),
        col("s2").as(IdentityAssignmentColumns.IDENTIFIER_VALUE),
        time("t1").as(IdentityAssignmentColumns.FIRST_SEEN),
        col("s3").as(IdentityAssignmentColumns.PROFILE_ID),
        time("t2").as(IdentityAssignmentColumns.VALID_FROM),
        time("t3").as(IdentityAssignmentColumns.VALID_TO),
        time("t4").as(IdentityAssignmentColumns.REPLACES),
        col("batch"));
  }

  static Dataset<Row> profiles(Dataset<Row> outcomes) {
    return of(
        outcomes,
        PROFILE,
        col("graph"),
        col("s1").as(IdentityProfileColumns.PROFILE_ID),
        col("group_id"),
        col("s2").as(IdentityProfileColumns.OLDEST_TYPE),
        col("s3").as(IdentityProfileColumns.OLDEST_VALUE),
        col("size"),
        col("confidence"),
        col("density"),
        time("t1").as(IdentityProfileColumns.FIRST_SEEN),
        time("t4").as(IdentityProfileColumns.VALID_FROM),
        col("batch"));
  }

  static Dataset<Row> changes(Dataset<Row> outcomes) {
    return of(
        outcomes,
        CHANGE,
        col("graph"),
        col("s1").as(IdentityChangeColumns.KIND),
        col("s2").as(IdentityChangeColumns.PROFILE_ID),
        col("s3").as(IdentityChangeColumns.OTHER_ID),
        col("size").as(IdentityChangeColumns.MOVED),
        col("s4").as(IdentityChangeColumns.IDENTIFIERS),
        col("s5").as(IdentityChangeColumns.CAUSE),
        time("t4").as(IdentityChangeColumns.AT),
        col("batch"));
  }

  static Dataset<Row> aliases(Dataset<Row> outcomes) {
    return of(
        outcomes,
        ALIAS,
        col("graph"),
        col("s1").as(IdentityAliasColumns.OLD_ID),
        col("s2").as(IdentityAliasColumns.NEW_ID),
        time("t4").as(IdentityAliasColumns.AT),
        col("batch"));
  }

  static Dataset<Row> drops(Dataset<Row> outcomes) {
    return of(
        outcomes,
        DROP,
        col("graph"),
        col("group_id"),
        col("node").as(IdentityDropColumns.SRC),
        col("t1").as(IdentityDropColumns.DST),
        col("s1").as(IdentityDropColumns.RULE),
        col("s2").as(IdentityDropColumns.SOURCE),
        col("s3").as(IdentityDropColumns.CONSENT),
        col("s4").as(IdentityDropColumns.LEFT_TYPE),
        col("s5").as(IdentityDropColumns.LEFT_VALUE),
        col("s6").as(IdentityDropColumns.RIGHT_TYPE),
        col("s7").as(IdentityDropColumns.RIGHT_VALUE),
        col("s8").as(IdentityDropColumns.REASON),
        col("s9").as(IdentityDropColumns.DETAIL),
        col("flag").as(IdentityDropColumns.DROPPED),
        time("t4").as(IdentityDropColumns.AT),
        col("batch"));
  }

  static Dataset<Row> excluded(Dataset<Row> outcomes) {
    return of(
        outcomes,
        EXCLUDED,
        col("graph"),
        col("node"),
        col("s1").as(IdentityExcludedColumns.IDENTIFIER_TYPE),
        col("s2").as(IdentityExcludedColumns.IDENTIFIER_VALUE),
        col("s3").as(IdentityExcludedColumns.REASON),
        col("s4").as(IdentityExcludedColumns.DETAIL),
        time("t4").as(IdentityExcludedColumns.AT),
        col("batch"));
  }
}
