package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.EvidenceRule.Side;
import dev.tributary.pipelines.lake.Analysis;
import dev.tributary.schemas.contract.ActivityColumns;
import dev.tributary.schemas.contract.EnvelopeColumns;
import dev.tributary.schemas.contract.IdentityMatchColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of source tables as evidence, {@link #SCHEMA}: a row each where a rule finds at least one
 * identifier. Types and rules are codes, identifiers 64-bit hashes beside their values.
 */
final class EvidenceReader {
  static final StructType SCHEMA =
      new StructType()
          .add("g", DataTypes.IntegerType)
          .add("rule", DataTypes.IntegerType)
          .add("lt", DataTypes.IntegerType)
          .add("lv", DataTypes.StringType)
          .add("l", DataTypes.LongType)
          .add("rt", DataTypes.IntegerType)
          .add("rv", DataTypes.StringType)
          .add("r", DataTypes.LongType)
          .add("confidence", DataTypes.DoubleType)
          .add("time", DataTypes.LongType)
          .add("source", DataTypes.StringType)
          .add("consent", DataTypes.StringType);

  private final SparkSession spark;
  private final IdentityRules rules;
  private final Set<String> unusable = new TreeSet<>();

  EvidenceReader(SparkSession spark, IdentityRules rules) {
    this.spark = spark;
    this.rules = rules;
  }

  /** Rules that a table has no columns for, as {@code rule on table}. */
  Set<String> unusable() {
    return unusable;
  }

  /**
   * The evidence in rows of a table. The timeline is read once for each rule, with the few columns
   * that it needs; a typed table once for all its rules.
   *
   * @param name of the table, or of the event whose model it is, as rules have it
   * @param table the physical table, for messages
   */
  Dataset<Row> evidence(String name, String table, Dataset<Row> rows) {
    if (name.equals(IdentityMatchColumns.TABLE)) {
      return matches(rows);
    }
    List<EvidenceRule> usable = new ArrayList<>();
    for (EvidenceRule rule : rules.evidence()) {
      if (rule.table().equals(name)) {
        if (applies(rule, rows)) {
          usable.add(rule);
        } else {
          unusable.add(rule.name() + " on " + table);
        }
      }
    }
    if (usable.isEmpty()) {
      return none();
    }
    return name.equals(ActivityColumns.TABLE)
        ? usable.stream().map(rule -> ofRule(rule, rows)).reduce(Dataset::unionAll).orElseThrow()
        : ofRules(usable, rows);
  }

  Dataset<Row> none() {
    return spark.createDataFrame(List.of(), SCHEMA);
  }

  /** Whether the table has the columns of the rule; a model of an event may lack some. */
  private static boolean applies(EvidenceRule rule, Dataset<Row> rows) {
    return missing(rule, rows).isEmpty();
  }

  /** The first column of the rule that the table lacks, if any. */
  static Optional<String> missing(EvidenceRule rule, Dataset<Row> rows) {
    List<String> all = new ArrayList<>(List.of(rule.left().sql()));
    rule.right().ifPresent(right -> all.add(right.sql()));
    rule.where().ifPresent(all::add);
    rule.consent().ifPresent(all::add);
    return Analysis.orElse(
        () -> {
          rows.select(all.stream().map(sql -> expr(sql)).toArray(Column[]::new));
          return Optional.empty();
        },
        refused -> {
          if (String.valueOf(refused.getCondition())
              .matches("UNRESOLVED_COLUMN.*|FIELD_NOT_FOUND")) {
            String field = refused.getMessageParameters().get("fieldName");
            String name = refused.getMessageParameters().getOrDefault("objectName", field);
            return Optional.of(String.valueOf(name).replace("`", ""));
          }
          throw IdentityErrors.badExpression(
              rule.name(), rule.table(), String.join("', '", all), refused.getMessage());
        });
  }

  private Dataset<Row> ofRule(EvidenceRule rule, Dataset<Row> rows) {
    Dataset<Row> chosen = rows.where(condition(rule, rows));
    return known(chosen.select(values(rule, rows)));
  }

  private Dataset<Row> ofRules(List<EvidenceRule> all, Dataset<Row> rows) {
    Column[] each =
        all.stream()
            .map(rule -> when(condition(rule, rows), struct(values(rule, rows))))
            .toArray(Column[]::new);
    return known(rows.select(inline(array(each))));
  }

  private static Dataset<Row> known(Dataset<Row> evidence) {
    return evidence.where(col("l").isNotNull().or(col("r").isNotNull())).select(columns());
  }

  private static Column condition(EvidenceRule rule, Dataset<Row> rows) {
    Column condition = rule.where().map(sql -> expr(sql)).orElse(lit(true));
    return rule.sources().isEmpty()
        ? condition
        : condition.and(col(EnvelopeColumns.SOURCE).isin(rule.sources().toArray()));
  }

  private Column[] values(EvidenceRule rule, Dataset<Row> rows) {
    boolean hasSource = List.of(rows.columns()).contains(EnvelopeColumns.SOURCE);
    Column none = lit(null).cast("string");
    Column left = value(rule.left());
    Column right = rule.right().map(this::value).orElse(none);
    return new Column[] {
      lit(IdentityRules.GRAPHS.indexOf(rule.graph())).as("g"),
      lit(rules.ruleNames().indexOf(rule.name())).as("rule"),
      lit(rules.typeCode(rule.left().type())).as("lt"),
      left.as("lv"),
      node(rule.graph(), rule.left().type(), left).as("l"),
      lit(rule.right().map(side -> rules.typeCode(side.type())).orElse(0)).as("rt"),
      right.as("rv"),
      rule.right()
          .map(side -> node(rule.graph(), side.type(), right))
          .orElse(lit(null).cast("bigint"))
          .as("r"),
      lit(rule.confidence()).as("confidence"),
      unix_micros(col(EnvelopeColumns.EVENT_TIME)).as("time"),
      (hasSource ? col(EnvelopeColumns.SOURCE) : none).as("source"),
      rule.consent().map(sql -> expr(sql).cast("string")).orElse(none).as("consent")
    };
  }

  private Column value(Side side) {
    return rules.types().get(side.type()).of(expr(side.sql()), rules.phoneCountry());
  }

  private static Column node(String graph, String type, Column value) {
    return when(value.isNotNull(), NodeIds.of(graph, lit(type), value));
  }

  private Dataset<Row> matches(Dataset<Row> rows) {
    Column rule = lit(null).cast("int");
    for (var version : rules.models().ruleOfVersion().entrySet()) {
      Column its = col(IdentityMatchColumns.MODEL_VERSION).equalTo(version.getKey());
      rule = when(its, rules.ruleNames().indexOf(version.getValue())).otherwise(rule);
    }
    Column left = known(col(IdentityMatchColumns.LEFT_TYPE));
    Column right = known(col(IdentityMatchColumns.RIGHT_TYPE));
    return rows.where(rule.isNotNull())
        .select(
            when(col(IdentityMatchColumns.GRAPH).equalTo(IdentityRules.GRAPHS.get(1)), 1)
                .otherwise(0)
                .as("g"),
            rule.as("rule"),
            left.as("lt"),
            col(IdentityMatchColumns.LEFT_VALUE).as("lv"),
            node(IdentityMatchColumns.LEFT_TYPE, IdentityMatchColumns.LEFT_VALUE).as("l"),
            right.as("rt"),
            col(IdentityMatchColumns.RIGHT_VALUE).as("rv"),
            node(IdentityMatchColumns.RIGHT_TYPE, IdentityMatchColumns.RIGHT_VALUE).as("r"),
            col(IdentityMatchColumns.CONFIDENCE).as("confidence"),
            unix_micros(col(IdentityMatchColumns.MATCHED_AT)).as("time"),
            col(IdentityMatchColumns.SOURCE).as("source"),
            col(IdentityMatchColumns.CONSENT).as("consent"));
  }

  /** The code of a type in a column; a type that the rules do not list is an error. */
  private Column known(Column type) {
    Column types = lit(rules.typeNames().toArray(String[]::new));
    Column code = array_position(types, type).cast("int").minus(1);
    String fix = "identity.matches has an identifier type that the rules do not list under types";
    return when(code.lt(0), org.apache.spark.sql.functions.raise_error(lit(fix)).cast("int"))
        .otherwise(code);
  }

  private static Column node(String type, String value) {
    return NodeIds.of(col(IdentityMatchColumns.GRAPH), col(type), col(value));
  }

  static Column[] columns() {
    return Arrays.stream(SCHEMA.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
  }
}
