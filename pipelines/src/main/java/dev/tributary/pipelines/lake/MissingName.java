package dev.tributary.pipelines.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Names what is near when a name of the lake does not resolve. It runs after all else had its turn,
 * and fails with Spark's own condition {@code TABLE_OR_VIEW_NOT_FOUND} (SQLSTATE 42P01).
 */
final class MissingName extends Rule<LogicalPlan> {
  private static final int SHOWN = 5;
  private final SparkSession spark;

  MissingName(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    plan.foreach(
        new AbstractFunction1<>() {
          @Override
          public BoxedUnit apply(LogicalPlan node) {
            check(node);
            return BoxedUnit.UNIT;
          }
        });
    return plan;
  }

  private void check(LogicalPlan node) {
    Seq<String> parts = unresolved(node);
    if (parts == null) {
      return;
    }
    List<String> name = new ArrayList<>(CollectionConverters.asJava(parts));
    if (name.size() == 3 && name.get(0).equals("spark_catalog")) {
      name.remove(0);
    }
    if (name.size() == 2) {
      LakeCatalog.lakeOf(spark, name.get(0)).ifPresent(lake -> fail(lake, name, node));
    }
  }

  private static Seq<String> unresolved(LogicalPlan node) {
    if (node instanceof UnresolvedRelation relation) {
      return relation.multipartIdentifier();
    }
    if (node instanceof UnresolvedTable table) {
      return table.multipartIdentifier();
    }
    return node instanceof UnresolvedTableOrView either ? either.multipartIdentifier() : null;
  }

  private void fail(Lake lake, List<String> name, LogicalPlan node) {
    String quoted = name.stream().map(part -> "`" + part + "`").collect(Collectors.joining("."));
    Map<String, String> parameters = Map.of("relationName", quoted + " " + near(lake, name));
    throw sneaky(
        new AnalysisException(
            "TABLE_OR_VIEW_NOT_FOUND",
            scala.collection.immutable.Map.from(CollectionConverters.asScala(parameters)),
            node.origin()));
  }

  private String near(Lake lake, List<String> name) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    List<TableName> known = new ArrayList<>(lake.tables(hadoop));
    known.addAll(Lake.viewsOver(known));
    if (known.isEmpty()) {
      return "(the lake " + lake + " holds no tables yet)";
    }
    String nearest =
        known.stream()
            .sorted(Comparator.comparingInt(it -> distance(it, name)))
            .limit(SHOWN)
            .map(TableName::toString)
            .collect(Collectors.joining(", "));
    return "(nearest in the lake " + lake + ": " + nearest + ")";
  }

  private static int distance(TableName known, List<String> asked) {
    String wanted = asked.get(1).toLowerCase(Locale.ROOT);
    String table = known.table().toLowerCase(Locale.ROOT);
    int letters = LevenshteinDistance.getDefaultInstance().apply(table, wanted);
    int contained = table.contains(wanted) || wanted.contains(table) ? -3 : 0;
    return letters + contained + (known.namespace().equalsIgnoreCase(asked.get(0)) ? 0 : 2);
  }

  /** Spark's exceptions are checked for Java alone. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
    throw (E) e;
  }
}
