package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;

import dev.tributary.pipelines.identity.behaviour.BehaviourModel;
import dev.tributary.pipelines.identity.behaviour.Contribution;
import dev.tributary.pipelines.identity.behaviour.DeviceTrace;
import dev.tributary.pipelines.identity.behaviour.PairKind;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.matching.ComparisonOutcome;
import dev.tributary.pipelines.identity.matching.FittedModel;
import dev.tributary.pipelines.identity.matching.RecordSet;
import dev.tributary.schemas.contract.IdentityRecordColumns;
import dev.tributary.schemas.contract.IdentityTraceColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a model weighed when it said that two identifiers are one. */
final class ModelExplanation {
  private static final double LOG_2 = Math.log(2);
  private static final double NOTABLE = 0.05;

  private final IdentityTables tables;
  private final ModelStore models;

  ModelExplanation(IdentityTables tables) {
    this.tables = tables;
    this.models = new ModelStore(tables);
  }

  /**
   * One comparison.
   *
   * @param what is compared
   * @param seen what it showed; values where there are some
   * @param bits match weight: binary logarithm of the likelihood ratio
   */
  record Line(String what, String seen, double bits) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("comparison", what);
      json.put("seen", seen);
      json.put("bits", Math.round(bits * 1e3) / 1e3);
      return json;
    }

    String words() {
      return String.format(Locale.ROOT, "      %+7.2f bits  %s: %s", bits, what, seen);
    }
  }

  /** The comparisons behind an edge, the prior first; none for an edge that no model made. */
  List<Line> of(Edge edge) {
    boolean model = edge.rule().startsWith(ModelRules.MODEL_PREFIX);
    boolean behaviour = edge.rule().startsWith(ModelRules.BEHAVIOUR_PREFIX);
    if (!model && !behaviour) {
      return List.of();
    }
    Optional<ModelStore.Stored> stored = models.version(ModelRules.version(edge.rule()));
    if (stored.isEmpty()) {
      return List.of();
    }
    return behaviour ? devices(stored.get(), edge) : records(stored.get(), edge);
  }

  private List<Line> records(ModelStore.Stored stored, Edge edge) {
    Dataset<Row> records =
        tables
            .now(IdentityRecordColumns.TABLE)
            .where(col(IdentityRecordColumns.MODEL_VERSION).equalTo(stored.version()))
            .where(is(edge.left()).or(is(edge.right())))
            .select(
                IdentityRecordColumns.IDENTIFIER_TYPE,
                IdentityRecordColumns.IDENTIFIER_VALUE,
                IdentityRecordColumns.ATTRIBUTES);
    List<Row> rows = records.collectAsList();
    if (rows.size() != 2 || !FittedModel.current(stored.parameters())) {
      return List.of();
    }
    FittedModel model = FittedModel.read(stored.parameters());
    RecordSet set = RecordKeys.set(model, rows);
    double prior = model.model().matchProbability();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("two records at random", "prior", Math.log(prior / (1 - prior)) / LOG_2));
    for (ComparisonOutcome outcome : model.comparer(set).explain(0, 1)) {
      if (!outcome.levels().isEmpty()) {
        String levels =
            String.join(
                ", ", outcome.levels().stream().map(ComparisonOutcome.Level::label).toList());
        boolean values = !outcome.left().isEmpty() || !outcome.right().isEmpty();
        String seen =
            values
                ? "'%s' and '%s' (%s)".formatted(outcome.left(), outcome.right(), levels)
                : levels;
        lines.add(new Line(outcome.attribute(), seen, outcome.bits()));
      }
    }
    return lines;
  }

  private static org.apache.spark.sql.Column is(Identifier identifier) {
    return col(IdentityRecordColumns.IDENTIFIER_TYPE)
        .equalTo(identifier.type())
        .and(col(IdentityRecordColumns.IDENTIFIER_VALUE).equalTo(identifier.value()));
  }

  private List<Line> devices(ModelStore.Stored stored, Edge edge) {
    Dataset<Row> traces =
        tables
            .now(IdentityTraceColumns.TABLE)
            .where(col(IdentityTraceColumns.MODEL_NAME).equalTo(stored.name()));
    List<Row> left = seen(traces, edge.left().value());
    List<Row> right = seen(traces, edge.right().value());
    BehaviourModel model = BehaviourModel.read(stored.parameters());
    DeviceTrace one = DeviceTraces.trace(left);
    DeviceTrace other = DeviceTraces.trace(right);
    PairKind kind = PairKind.of(one, other);
    List<Line> lines = new ArrayList<>();
    double sum = 0;
    for (Contribution part : model.explain(model.levels(one, other, sizes(traces, one)), kind)) {
      lines.add(new Line(part.comparison(), part.level(), part.bits()));
      sum += part.bits();
    }
    double confidence = edge.confidence();
    double rivals = Math.log(confidence / (1 - confidence)) / LOG_2 - sum;
    if (rivals < -NOTABLE) {
      lines.add(new Line("others it could be, and the limit of certainty", "", rivals));
    }
    return lines;
  }

  private static List<Row> seen(Dataset<Row> traces, String device) {
    return traces
        .where(col(IdentityTraceColumns.DEVICE).equalTo(device))
        .select(
            IdentityTraceColumns.KIND,
            IdentityTraceColumns.VALUE,
            IdentityTraceColumns.OBSERVATIONS)
        .collectAsList();
  }

  private static Map<String, Integer> sizes(Dataset<Row> traces, DeviceTrace device) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    traces
        .where(col(IdentityTraceColumns.KIND).equalTo(DeviceTrace.NETWORK))
        .withColumn("network", expr("substring_index(" + IdentityTraceColumns.VALUE + ", ' ', 1)"))
        .where(col("network").isin(device.networks().keySet().toArray()))
        .groupBy("network")
        .agg(countDistinct(col(IdentityTraceColumns.DEVICE)))
        .collectAsList()
        .forEach(row -> sizes.put(row.getString(0), (int) row.getLong(1)));
    return sizes;
  }
}
