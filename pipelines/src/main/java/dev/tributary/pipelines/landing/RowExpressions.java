package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.tributary.pipelines.job.Nearest;
import dev.tributary.pipelines.lake.Analysis;
import dev.tributary.pipelines.landing.SourceMapping.Entry;
import dev.tributary.schemas.yaml.YamlException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Spark SQL expressions of a mapping over the columns of its files. Expressions follow ANSI
 * rules (a failing cast is an error, not silently NULL), and {@link #ATTEMPT} confines the error to
 * the row.
 */
final class RowExpressions {
  /** A function of the session: its argument's value, or NULL where evaluating that fails. */
  static final String ATTEMPT = "tributary_attempt";

  private final SparkSession spark;
  private final StructType columns;

  RowExpressions(SparkSession spark, StructType columns) {
    this.spark = spark;
    this.columns = columns;
  }

  /** Prepares a session of its own for evaluating mappings. */
  static void prepare(SparkSession own) {
    own.conf().set("spark.sql.ansi.enabled", "true");
    own.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    // A common subexpression would be evaluated ahead of the attempt that confines its error.
    own.conf().set("spark.sql.subexpressionElimination.enabled", "false");
    Function1<Seq<Expression>, Expression> attempt = arguments -> new TryEval(arguments.head());
    own.sessionState()
        .functionRegistry()
        .createOrReplaceTempFunction(ATTEMPT, attempt, "scala_udf");
  }

  /** A column by its name, whatever signs that has. */
  static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /**
   * Checks one expression.
   *
   * @return the columns that it uses
   */
  Set<String> check(Entry entry) {
    LogicalPlan plan = analyze(entry);
    if (!(plan instanceof Project project)
        || !project.child().children().isEmpty()
        || project.projectList().size() != 1) {
      throw entry
          .place()
          .problem(
              "'" + entry.sql() + "' is not one value of one row",
              "use no aggregate, window or generator function, and one expression");
    }
    NamedExpression value = project.projectList().head();
    Expression expression = (Expression) value;
    if (!expression.deterministic() || SubqueryExpression.hasSubquery(expression)) {
      throw entry
          .place()
          .problem(
              "'" + entry.sql() + "' gives another value when a row is read again",
              "use functions of the row's columns only, e.g. sha2(concat_ws('|', a, b), 256)");
    }
    Set<String> used = new LinkedHashSet<>();
    for (Attribute attribute : CollectionConverters.asJava(expression.references().toSeq())) {
      used.add(attribute.name());
    }
    return used;
  }

  private LogicalPlan analyze(Entry entry) {
    return Analysis.orElse(
        () ->
            spark
                .createDataFrame(List.of(), columns)
                .select(expr(entry.sql()))
                .queryExecution()
                .analyzed(),
        refused -> {
          throw refused instanceof ParseException parse
              ? notParsed(entry, parse)
              : notResolved(entry, refused);
        });
  }

  private static YamlException notParsed(Entry entry, ParseException e) {
    return entry
        .place()
        .problem(
            "'" + entry.sql() + "' is no Spark SQL expression: " + firstLine(e),
            "correct it; a text constant stands in single quotes");
  }

  private YamlException notResolved(Entry entry, AnalysisException e) {
    String condition = String.valueOf(e.getCondition());
    List<String> known = List.of(columns.fieldNames());
    if (condition.startsWith("UNRESOLVED_COLUMN")) {
      String absent = e.getMessageParameters().getOrDefault("objectName", "?").replace("`", "");
      String near = Nearest.to(absent, known).map(n -> "did you mean '" + n + "'? ").orElse("");
      return entry
          .place()
          .problem(
              "'"
                  + entry.sql()
                  + "' names the column '"
                  + absent
                  + "', which the files do not have",
              near + "the columns are " + known);
    }
    return entry
        .place()
        .problem(
            "'" + entry.sql() + "' cannot be evaluated: " + firstLine(e),
            "correct it; the columns are " + known);
  }

  private static String firstLine(Exception e) {
    return e.getMessage().lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }
}
