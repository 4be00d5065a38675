package dev.tributary.pipelines.lake;

import io.delta.sql.DeltaSparkSessionExtension;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Lets any Spark session find the lake's tables and views by name, with two settings:
 *
 * <pre>
 * spark-sql --jars tributary-pipelines.jar --packages io.delta:delta-spark_2.13:4.0.1 \
 *   --conf spark.sql.extensions=dev.tributary.pipelines.lake.LakeExtension \
 *   --conf spark.tributary.lake=/data/lake
 * </pre>
 *
 * It brings Delta's own extension along (listing both does no harm) and makes {@link LakeCatalog}
 * the session catalog, unless the session names another than Spark's or Delta's. Shells of Spark
 * distributions that carry Hive open an embedded metastore of their own; {@code --conf
 * spark.sql.catalogImplementation=in-memory} spares them that, and with it the lock that keeps a
 * second shell out.
 */
public final class LakeExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  private static final String CATALOG = "spark.sql.catalog.spark_catalog";
  private static final String DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

  /** Tasks in which Delta rebuilds a table's state; its default, 50, takes a laptop seconds. */
  static final String STATE_PARTITIONS = "spark.databricks.delta.snapshotPartitions";

  /** For Spark, which makes extensions by name. */
  public LakeExtension() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    if (!deltaIsListed()) {
      new DeltaSparkSessionExtension().apply(extensions);
    }
    extensions.injectResolutionRule(rule(LakeExtension::takeCatalog));
    extensions.injectPostHocResolutionRule(rule(DescribeView::new));
    extensions.injectPostHocResolutionRule(rule(DeltaOnly::new));
    extensions.injectPostHocResolutionRule(rule(MissingName::new));
    return BoxedUnit.UNIT;
  }

  private static boolean deltaIsListed() {
    SparkEnv environment = SparkEnv.get();
    return environment != null
        && environment
            .conf()
            .get("spark.sql.extensions", "")
            .contains(DeltaSparkSessionExtension.class.getName());
  }

  /**
   * Runs when a session makes its analyzer, before it first asks for a catalog: the one moment at
   * which an extension can still say which catalog that is.
   */
  private static Rule<LogicalPlan> takeCatalog(SparkSession spark) {
    SQLConf conf = spark.sessionState().conf();
    String catalog = conf.getConfString(CATALOG, "builtin");
    if (catalog.equals("builtin") || catalog.equals(DELTA_CATALOG)) {
      conf.setConfString(CATALOG, LakeCatalog.class.getName());
    }
    if (spark.sparkContext().isLocal() && !conf.contains(STATE_PARTITIONS)) {
      conf.setConfString(STATE_PARTITIONS, "2");
    }
    return new AsItIs();
  }

  private static AbstractFunction1<SparkSession, Rule<LogicalPlan>> rule(
      java.util.function.Function<SparkSession, Rule<LogicalPlan>> build) {
    return new AbstractFunction1<>() {
      @Override
      public Rule<LogicalPlan> apply(SparkSession spark) {
        return build.apply(spark);
      }
    };
  }

  private static final class AsItIs extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return plan;
    }
  }
}
