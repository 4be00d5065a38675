package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.pipelines.lake.Analysis;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a model's rules have of a source table. */
final class ModelColumns {
  private ModelColumns() {}

  /**
   * Columns of the rows of a condition.
   *
   * @param source the table as the rules name it
   * @throws dev.tributary.pipelines.job.JobException exit code 2, where Spark refuses the SQL
   */
  static Dataset<Row> select(
      String model, String source, Dataset<Row> table, Optional<String> where, Column... columns) {
    return Analysis.orElse(
        () -> where.map(sql -> table.where(expr(sql))).orElse(table).select(columns),
        refused -> {
          throw IdentityErrors.badModelColumn(model, source, refused);
        });
  }

  /** SQL as text; NULL where the rules have none. */
  static Column text(Optional<String> sql) {
    return sql.map(text -> expr(text)).orElseGet(() -> lit(null)).cast("string");
  }
}
