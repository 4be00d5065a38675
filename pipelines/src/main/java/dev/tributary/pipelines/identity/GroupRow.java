package dev.tributary.pipelines.identity;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that a group is resolved from, of several kinds in one narrow shape, so that one shuffle
 * brings a group together. Times are microseconds since 1970 UTC.
 */
final class GroupRow {
  /** An assignment as it stands: a=value, b=type, c=profile, t1=first seen, t2=from, t3=to. */
  static final int ASSIGNED = 0;

  /** An identifier that was seen: a=value, b=type, t1=first seen, flag=earlier times are void. */
  static final int SEEN = 1;

  /** Evidence: a=rule, b=source, c=consent, d=why unused, t1=first, t2=last, flag=replaces. */
  static final int EDGE = 2;

  /** An identifier known to stand for nobody: a=value, b=type, c=reason, d=detail. */
  static final int EXCLUDED = 3;

  /** A decision on node and other: a=kind, b=author, c=reason, t1=when. */
  static final int DECISION = 4;

  /** An edge that was dropped or came back: a=rule, b=source, c=consent, d=reason, flag=dropped. */
  static final int DROPPED = 5;

  /** A data subject who withdrew: c=consent. */
  static final int WITHDRAWN = 6;

  static final StructType SCHEMA =
      new StructType()
          .add("root", DataTypes.LongType)
          .add("kind", DataTypes.IntegerType)
          .add("g", DataTypes.IntegerType)
          .add("node", DataTypes.LongType)
          .add("other", DataTypes.LongType)
          .add("a", DataTypes.StringType)
          .add("b", DataTypes.StringType)
          .add("c", DataTypes.StringType)
          .add("d", DataTypes.StringType)
          .add("x", DataTypes.DoubleType)
          .add("t1", DataTypes.LongType)
          .add("t2", DataTypes.LongType)
          .add("t3", DataTypes.LongType)
          .add("n", DataTypes.LongType)
          .add("batch", DataTypes.LongType)
          .add("flag", DataTypes.BooleanType);

  static final int ROOT = 0;
  static final int KIND = 1;
  static final int GRAPH = 2;
  static final int NODE = 3;
  static final int OTHER = 4;
  static final int A = 5;
  static final int B = 6;
  static final int C = 7;
  static final int D = 8;
  static final int X = 9;
  static final int T1 = 10;
  static final int T2 = 11;
  static final int T3 = 12;
  static final int N = 13;
  static final int BATCH = 14;
  static final int FLAG = 15;

  private GroupRow() {}
}
