package dev.tributary.pipelines.lake;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.DescribeTableCommand;

/**
 * Spark describes a view from its metastore, in which the lake's views are not; the view's query
 * has the same columns.
 */
final class DescribeView extends Rule<LogicalPlan> {
  private final SparkSession spark;

  DescribeView(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan instanceof DescribeTableCommand describe && isOfTheLake(describe.table())) {
      String query = "SELECT * FROM " + describe.table().quotedString();
      return new DescribeQueryCommand(query, parse(query));
    }
    return plan;
  }

  private LogicalPlan parse(String query) {
    try {
      return spark.sessionState().sqlParser().parsePlan(query);
    } catch (ParseException e) {
      throw new IllegalStateException("A quoted name did not parse: " + query, e);
    }
  }

  private boolean isOfTheLake(TableIdentifier view) {
    return view.database().isDefined()
        && LakeCatalog.lakeOf(spark, view.database().get()).isPresent();
  }
}
