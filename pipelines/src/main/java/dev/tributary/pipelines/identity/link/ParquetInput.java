package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.csv.CsvFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Reads Parquet through Spark; every value as text. */
final class ParquetInput {
  private ParquetInput() {}

  static void read(SparkSession spark, Path path, CsvFile.Sink sink) {
    Dataset<Row> table;
    try {
      table = spark.read().parquet(path.toString());
    } catch (Exception e) { // what Spark throws is not declared
      throw LinkErrors.noParquet(path, e);
    }
    List<String> columns = Arrays.asList(table.columns());
    sink.header(columns);
    Dataset<Row> texts =
        table.select(
            columns.stream()
                .map(column -> functions.col("`" + column + "`").cast("string"))
                .toArray(org.apache.spark.sql.Column[]::new));
    long number = 0;
    for (Iterator<Row> rows = texts.toLocalIterator(); rows.hasNext(); ) {
      Row row = rows.next();
      String[] values = new String[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getString(i);
      }
      sink.row(++number, values);
    }
  }
}
