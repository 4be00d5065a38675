package dev.tributary.pipelines.landing;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sees to it that a table is there with all the columns that are about to be written: creates it,
 * or lets Delta merge the new columns and fields into its schema. Data that is there is not
 * touched.
 */
final class TablePreparer {
  /**
   * The first columns have statistics when another engine rewrites files; a checkpoint comes each
   * 50 commits, since every batch is one.
   */
  private static final Map<String, String> PROPERTIES =
      Map.of("delta.checkpointInterval", "50", "delta.dataSkippingNumIndexedCols", "32");

  private static final int MOST_ATTEMPTS = 10;

  private final SparkSession spark;
  private final DeltaTables tables;
  private final Map<String, TableLayout> ready = new HashMap<>();

  TablePreparer(SparkSession spark, String lake, Configuration hadoop) {
    this.spark = spark;
    this.tables = new DeltaTables(lake, hadoop);
  }

  /**
   * Makes a table fit for a layout.
   *
   * @throws dev.tributary.pipelines.job.JobException when a column has another type in the lake
   */
  void prepare(TableLayout layout) throws IOException {
    if (layout.equals(ready.get(layout.name()))) {
      return;
    }
    if (tables.schema(layout.name()).isEmpty()) {
      tables.create(layout, PROPERTIES);
    }
    // Another process may have created or changed it in between, so look at what it is now.
    for (int attempt = 1; lacks(layout); attempt++) {
      try {
        merge(layout);
      } catch (DeltaConcurrentModificationException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
    ready.put(layout.name(), layout);
  }

  private boolean lacks(TableLayout layout) {
    StructType present = tables.schema(layout.name()).orElseThrow();
    return lacks(layout.name(), "", present, DeltaTypes.struct(layout));
  }

  private void merge(TableLayout layout) {
    org.apache.spark.sql.types.StructType columns = DataTypes.createStructType(List.of());
    for (TableLayout.ColumnSpec column : layout.columns()) {
      columns =
          columns.add(
              column.name(),
              org.apache.spark.sql.types.DataType.fromDDL(column.type().sql()),
              true,
              column.comment());
    }
    if (layout.partitionColumn() != null) {
      columns = columns.add(layout.partitionColumn(), DataTypes.DateType);
    }
    spark.sparkContext().setJobDescription("add columns to " + layout.name());
    spark
        .createDataFrame(List.of(), columns)
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .save(tables.root(layout.name()));
  }

  /** Whether the present type lacks a column or field of the wanted one. */
  private static boolean lacks(String table, String path, DataType present, DataType wanted) {
    if (present instanceof StructType has && wanted instanceof StructType wants) {
      boolean lacks = false;
      for (StructField field : wants.fields()) {
        int at = indexOf(has, field.getName());
        lacks |=
            at < 0
                || lacks(
                    table,
                    path.isEmpty() ? field.getName() : path + "." + field.getName(),
                    has.at(at).getDataType(),
                    field.getDataType());
      }
      return lacks;
    }
    if (present instanceof ArrayType has && wanted instanceof ArrayType wants) {
      return lacks(table, path + ".element", has.getElementType(), wants.getElementType());
    }
    if (present instanceof MapType has && wanted instanceof MapType wants) {
      return lacks(table, path + ".value", has.getValueType(), wants.getValueType());
    }
    if (!present.equals(wanted)) {
      throw LandingErrors.incompatible(table, path, present.toString(), wanted.toString());
    }
    return false;
  }

  private static int indexOf(StructType struct, String name) {
    for (int i = 0; i < struct.length(); i++) {
      if (struct.at(i).getName().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }
}
