package dev.tributary.pipelines.identity;

import static dev.tributary.pipelines.identity.ModelColumns.text;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.udf;

import dev.tributary.pipelines.identity.behaviour.DeviceTrace;
import dev.tributary.pipelines.identity.behaviour.Network;
import dev.tributary.schemas.contract.EnvelopeColumns;
import dev.tributary.schemas.contract.IdentityTraceColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code identity.traces}: counts that grow by the events that are new and shrink by
 * those that were taken away, and rows of kind {@code read} that hold up to which version of which
 * table. Both change in one commit, so that no event counts twice.
 */
final class DeviceTraces {
  private static final String READ = "read";
  private static final String DEVICE = IdentityTraceColumns.DEVICE;
  private static final String KIND = IdentityTraceColumns.KIND;
  private static final String VALUE = IdentityTraceColumns.VALUE;
  private static final String OBSERVATIONS = IdentityTraceColumns.OBSERVATIONS;
  private static final UserDefinedFunction NETWORK =
      udf((UDF1<String, String>) Network::of, DataTypes.StringType);

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final BehaviourRule rule;

  DeviceTraces(IdentityTables tables, IdentityRules rules, BehaviourRule rule) {
    this.tables = tables;
    this.rules = rules;
    this.rule = rule;
  }

  /** The traces up to now, as {@code device, kind, value, observations}; nothing is written. */
  Dataset<Row> now() {
    return changed(false).traces();
  }

  /** Brings the table up to now; anew counts all events again. */
  Dataset<Row> update(boolean anew) {
    Changed changed = changed(anew);
    Dataset<Row> traces = EvidenceTables.kept(changed.traces());
    if (anew || changed.any()) {
      tables.create(IdentityTraceColumns.TABLE);
      Dataset<Row> read =
          tables
              .spark()
              .createDataFrame(
                  changed.read().entrySet().stream()
                      .map(one -> RowFactory.create(one.getKey(), READ, "version", one.getValue()))
                      .toList(),
                  traces.schema());
      traces
          .unionAll(read)
          .withColumn(IdentityTraceColumns.MODEL_NAME, lit(rule.name()))
          .select(EvidenceTables.columns(IdentityTraceColumns.TABLE))
          .coalesce(4)
          .write()
          .format("delta")
          .mode("overwrite")
          .save(tables.path(IdentityTraceColumns.TABLE));
    }
    return traces;
  }

  /**
   * @param read the version of each table up to which the traces are
   * @param any whether that is further than what is stored
   */
  private record Changed(Dataset<Row> traces, Map<String, Long> read, boolean any) {}

  private Changed changed(boolean anew) {
    Dataset<Row> stored = stored();
    Map<String, Long> before = new TreeMap<>();
    if (!anew) {
      stored
          .where(col(KIND).equalTo(READ))
          .select(DEVICE, OBSERVATIONS)
          .collectAsList()
          .forEach(row -> before.put(row.getString(0), row.getLong(1)));
    }
    Dataset<Row> all = stored.where(col(KIND).notEqual(READ));
    all = anew ? all.limit(0) : all;
    Map<String, Long> after = new TreeMap<>();
    boolean any = false;
    for (BehaviourRule.Source source : rule.tables()) {
      for (String table : tables.physical(source.table())) {
        long from = before.getOrDefault(table, -1L);
        long until = tables.version(table);
        after.put(table, until);
        if (until > from) {
          any = true;
          SourceChanges changes = SourceChanges.between(tables, table, from, until);
          all = all.unionAll(of(source, changes.gained(), 1));
          if (changes.lost() != null) {
            all = all.unionAll(of(source, changes.lost(), -1));
          }
        }
      }
    }
    Dataset<Row> summed =
        any
            ? all.groupBy(DEVICE, KIND, VALUE)
                .agg(sum(OBSERVATIONS).as(OBSERVATIONS))
                .where(col(OBSERVATIONS).gt(0))
            : all;
    return new Changed(summed, after, any);
  }

  private Dataset<Row> stored() {
    return tables
        .now(IdentityTraceColumns.TABLE)
        .where(col(IdentityTraceColumns.MODEL_NAME).equalTo(rule.name()))
        .select(DEVICE, KIND, VALUE, OBSERVATIONS);
  }

  private Dataset<Row> of(BehaviourRule.Source source, Dataset<Row> table, int weight) {
    Column device =
        rules
            .types()
            .get(source.device().type())
            .of(expr(source.device().sql()), rules.phoneCountry());
    Column time = col(EnvelopeColumns.EVENT_TIME);
    Column day = to_date(time).cast("string");
    Column network = concat(NETWORK.apply(text(source.network())), lit(" "), day);
    // Hours only where there is a network: the first table shows each event once.
    Column hours =
        source.network().isPresent() ? hour(time).cast("string") : text(Optional.empty());
    Column seen =
        explode(
            array(
                observed(DeviceTrace.NETWORK, network),
                observed(DeviceTrace.HOUR, hours),
                observed(DeviceTrace.PAGE, text(source.page())),
                observed(DeviceTrace.AGENT, text(source.agent())),
                observed(DeviceTrace.LOGIN, text(source.login()))));
    return ModelColumns.select(
            rule.name(), source.table(), table, source.where(), device.as(DEVICE), seen.as("seen"))
        .where(col(DEVICE).isNotNull().and(col("seen.value").isNotNull()))
        .groupBy(col(DEVICE), col("seen.kind").as(KIND), col("seen.value").as(VALUE))
        .agg(sum(lit((long) weight)).as(OBSERVATIONS));
  }

  private static Column observed(String kind, Column value) {
    return struct(lit(kind).as("kind"), value.as("value"));
  }

  /** A device's trace from {@code kind, value, observations}; others are passed over. */
  static DeviceTrace trace(List<Row> rows) {
    DeviceTrace trace = DeviceTrace.empty();
    rows.forEach(row -> trace.add(row.getString(0), row.getString(1), row.getLong(2)));
    return trace;
  }
}
