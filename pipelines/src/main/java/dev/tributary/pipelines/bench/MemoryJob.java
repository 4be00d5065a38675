package dev.tributary.pipelines.bench;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.repeat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a memory grid runs: jobs whose need of memory depends on their rows in different ways. */
enum MemoryJob {
  /** A sort, which spills: its need hardly grows. */
  SORT {
    @Override
    void run(SparkSession spark, long rows) {
      drop(rows(spark, rows).orderBy(rand(7)));
    }
  },
  /** A join with a broadcast table: the whole of it is in memory. */
  BROADCAST {
    @Override
    void run(SparkSession spark, long rows) {
      Dataset<Row> small = rows(spark, rows).withColumnRenamed("text", "joined");
      drop(rows(spark, rows).join(broadcast(small), "id"));
    }
  },
  /** A map in each task, made by the user's code: nothing of it can spill. */
  MAP {
    @Override
    void run(SparkSession spark, long rows) {
      drop(
          rows(spark, rows)
              .repartition(PARTITIONS)
              .mapPartitions(
                  (MapPartitionsFunction<Row, Long>)
                      part -> {
                        Map<Long, String> seen = new HashMap<>();
                        part.forEachRemaining(row -> seen.put(row.getLong(0), row.getString(1)));
                        return List.of((long) seen.size()).iterator();
                      },
                  Encoders.LONG())
              .toDF());
    }
  },
  /** A few large groups, each an array in memory. */
  COLLECT {
    @Override
    void run(SparkSession spark, long rows) {
      drop(
          rows(spark, rows)
              .groupBy(pmod(col("id"), lit(2 * PARTITIONS)))
              .agg(collect_list("text")));
    }
  };

  static final int PARTITIONS = 2;
  private static final int TEXT = 60;

  abstract void run(SparkSession spark, long rows);

  /** As the grid's file calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Dataset<Row> rows(SparkSession spark, long rows) {
    return spark
        .range(0, rows, 1, 2 * PARTITIONS)
        .select(col("id"), repeat(col("id").cast("string"), TEXT).as("text"));
  }

  private static void drop(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }
}
