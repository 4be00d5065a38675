package dev.tributary.pipelines.lake;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.command.CreateDataSourceTableAsSelectCommand;
import org.apache.spark.sql.execution.command.CreateDataSourceTableCommand;

/**
 * Refuses to create tables of other formats under the lake's names; Spark would ask a metastore.
 */
final class DeltaOnly extends Rule<LogicalPlan> {
  private final SparkSession spark;

  DeltaOnly(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan instanceof CreateDataSourceTableCommand create) {
      check(create.table());
    } else if (plan instanceof CreateDataSourceTableAsSelectCommand create) {
      check(create.table());
    }
    return plan;
  }

  private void check(CatalogTable table) {
    String namespace = table.identifier().database().getOrElse(() -> "");
    if (LakeCatalog.lakeOf(spark, namespace).isPresent()) {
      TableName name = new TableName(namespace, table.identifier().table());
      throw LakeErrors.notDelta(name, table.provider().getOrElse(() -> "hive"));
    }
  }
}
