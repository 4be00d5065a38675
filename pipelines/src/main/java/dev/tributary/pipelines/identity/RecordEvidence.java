package dev.tributary.pipelines.identity;

import static dev.tributary.pipelines.identity.ModelColumns.text;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.matching.FittedModel;
import dev.tributary.pipelines.identity.matching.LinkConfig;
import dev.tributary.pipelines.identity.matching.MatchingException;
import dev.tributary.pipelines.identity.matching.RecordSet;
import dev.tributary.schemas.contract.IdentityMatchColumns;
import dev.tributary.schemas.contract.IdentityRecordColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Matches of records under a fitted model: those of records that are new, changed or gone, and of
 * records whose blocks began or ceased to be small enough by that. What comes out is the same as if
 * all were scored anew.
 */
final class RecordEvidence {
  /** Records that a model is learned from at most. */
  private static final int SAMPLE = 300_000;

  private static final String TYPE = IdentityRecordColumns.IDENTIFIER_TYPE;
  private static final String VALUE = IdentityRecordColumns.IDENTIFIER_VALUE;
  private static final String ATTRIBUTES = IdentityRecordColumns.ATTRIBUTES;
  private static final String KEYS = IdentityRecordColumns.BLOCKING_KEYS;
  private static final String SINCE = IdentityRecordColumns.SINCE;
  private static final String CONSENT = IdentityRecordColumns.CONSENT;
  private static final List<String> CONTENT = List.of(TYPE, VALUE, ATTRIBUTES, SINCE, CONSENT);
  private static final StructType KEYED =
      new StructType()
          .add(TYPE, "string")
          .add(VALUE, "string")
          .add(ATTRIBUTES, "string")
          .add(SINCE, "timestamp")
          .add(CONSENT, "string")
          .add(KEYS, "string");

  /** A match is not certain, however well the records agree. */
  private static final double MOST = 0.9999;

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final RecordRule rule;
  private final EvidenceTables store;

  RecordEvidence(IdentityTables tables, IdentityRules rules, RecordRule rule) {
    this.tables = tables;
    this.rules = rules;
    this.rule = rule;
    this.store = new EvidenceTables(tables);
  }

  /** The records as the tables have them now: type, value, attributes, since, consent. */
  private Dataset<Row> records() {
    Dataset<Row> rows = null;
    for (RecordRule.Source source : rule.tables()) {
      for (String table : tables.physical(source.table())) {
        Dataset<Row> some = rows(source, tables.now(table));
        rows = rows == null ? some : rows.unionAll(some);
      }
    }
    if (rows == null) {
      return tables.spark().createDataFrame(List.of(), KEYED).drop(KEYS);
    }
    int n = rule.columns().size();
    Column[] newest = new Column[n + 1];
    for (int c = 0; c < n; c++) {
      newest[c] = newest("c" + c);
    }
    newest[n] = newest("consent");
    Column[] values = new Column[n];
    for (int c = 0; c < n; c++) {
      values[c] = coalesce(col("c" + c), lit(""));
    }
    Column filled = array_size(filter(array(values), value -> value.notEqual(lit(""))));
    return rows.where(col(VALUE).isNotNull())
        .groupBy(TYPE, VALUE)
        .agg(min(col("time")).as(SINCE), newest)
        .where(filled.gt(0))
        .select(
            col(TYPE),
            col(VALUE),
            to_json(array(values)).as(ATTRIBUTES),
            col(SINCE),
            col("consent").as(CONSENT));
  }

  private static Column newest(String name) {
    Column dated = when(col(name).isNotNull(), struct(col("time"), col(name).as("v")));
    return max(dated).getField("v").as(name);
  }

  private Dataset<Row> rows(RecordRule.Source source, Dataset<Row> table) {
    List<Column> columns = new ArrayList<>();
    columns.add(lit(source.id().type()).as(TYPE));
    columns.add(
        rules
            .types()
            .get(source.id().type())
            .of(expr(source.id().sql()), rules.phoneCountry())
            .as(VALUE));
    columns.add(expr(source.time()).cast("timestamp").as("time"));
    columns.add(text(source.consent()).as("consent"));
    int c = 0;
    for (String name : rule.columns().keySet()) {
      columns.add(text(Optional.ofNullable(source.values().get(name))).as("c" + c++));
    }
    return ModelColumns.select(
        rule.name(), source.table(), table, source.where(), columns.toArray(Column[]::new));
  }

  /** Learns a model from the records; empty when there are too few, or nothing to compare. */
  Optional<FittedModel> fit(Consumer<String> progress) {
    RecordSet.Builder set = new RecordSet.Builder(List.copyOf(rule.columns().keySet()));
    records()
        .orderBy(xxhash64(col(TYPE), col(VALUE)), col(TYPE), col(VALUE))
        .limit(SAMPLE)
        .select(TYPE, VALUE, ATTRIBUTES)
        .collectAsList()
        .forEach(
            row ->
                set.add(row.getString(0), row.getString(1), RecordKeys.values(row.getString(2))));
    LinkConfig config = LinkConfig.of(rule.columns(), LinkConfig.OneToOne.FALSE);
    try {
      return Optional.of(FittedModel.fit(set.build(), config, progress));
    } catch (MatchingException e) {
      progress.accept("model " + rule.name() + " cannot be learned: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** All matches, without a look at what was scored before. */
  Dataset<Row> all(String version, String model) {
    Dataset<Row> keyed = EvidenceTables.kept(keyed(records(), model));
    return matches(keyed, keyed.select(TYPE, VALUE), version, model);
  }

  /**
   * Brings {@code identity.matches} and {@code identity.records} to what the tables say now.
   *
   * @param anew whether nothing of what is stored is to be trusted
   */
  void update(String version, String model, boolean anew) {
    Column its = col(IdentityRecordColumns.MODEL_VERSION).equalTo(version);
    Dataset<Row> stored = tables.now(IdentityRecordColumns.TABLE).where(its);
    Dataset<Row> state =
        EvidenceTables.kept((anew ? stored.limit(0) : stored).select(KEYED_COLUMNS));
    Dataset<Row> now = EvidenceTables.kept(records());
    Dataset<Row> gone = EvidenceTables.kept(without(state, now));
    Dataset<Row> fresh = EvidenceTables.kept(keyed(without(now, state), model));
    if (gone.isEmpty() && fresh.isEmpty() && !anew) {
      return;
    }
    Dataset<Row> standing =
        EvidenceTables.kept(
            state
                .join(ids(gone), Exclusions.names(TYPE, VALUE), "left_anti")
                .select(KEYED_COLUMNS)
                .unionByName(fresh.select(KEYED_COLUMNS)));
    Dataset<Row> dirty = EvidenceTables.kept(dirty(state, standing, gone, fresh));
    Dataset<Row> after = matches(standing, dirty, version, model);
    Dataset<Row> before = store.matches(version);
    store.replaceMatches(anew ? before : ofRecords(before, dirty), after);
    store.replace(
        IdentityRecordColumns.TABLE,
        anew ? stored : stored.join(ids(gone), Exclusions.names(TYPE, VALUE), "left_semi"),
        fresh.withColumn(IdentityRecordColumns.MODEL_VERSION, lit(version)),
        IdentityRecordColumns.MODEL_VERSION,
        TYPE,
        VALUE);
  }

  private static final Column[] KEYED_COLUMNS =
      java.util.Arrays.stream(KEYED.fieldNames()).map(name -> col(name)).toArray(Column[]::new);

  private static Dataset<Row> ids(Dataset<Row> records) {
    return records.select(TYPE, VALUE).distinct();
  }

  /** Records of one that the other does not have alike. */
  private static Dataset<Row> without(Dataset<Row> one, Dataset<Row> other) {
    Column same = lit(true);
    for (String name : CONTENT) {
      same = same.and(col("a." + name).eqNullSafe(col("b." + name)));
    }
    return one.as("a").join(other.as("b"), same, "left_anti");
  }

  private static Dataset<Row> keyed(Dataset<Row> records, String model) {
    return records
        .select(CONTENT.stream().map(name -> col(name)).toArray(Column[]::new))
        .mapPartitions(new RecordKeys.Keyed(model, CONTENT.size()), Encoders.row(KEYED));
  }

  private static Dataset<Row> keys(Dataset<Row> keyed) {
    return keyed
        .where(col(KEYS).notEqual(""))
        .select(col(TYPE), col(VALUE), explode(split(col(KEYS), ",")).as("k"));
  }

  /** The records whose matches may differ: type and value. */
  private static Dataset<Row> dirty(
      Dataset<Row> state, Dataset<Row> standing, Dataset<Row> gone, Dataset<Row> fresh) {
    Dataset<Row> touched = keys(gone).unionAll(keys(fresh)).select("k").distinct();
    Dataset<Row> before = keys(state).join(touched, Exclusions.names("k"), "left_semi");
    Dataset<Row> after = keys(standing).join(touched, Exclusions.names("k"), "left_semi");
    Dataset<Row> sizes =
        touched
            .join(before.groupBy("k").agg(count(lit(1)).as("b")), Exclusions.names("k"), "left")
            .join(after.groupBy("k").agg(count(lit(1)).as("a")), Exclusions.names("k"), "left");
    Column wasSmall = coalesce(col("b"), lit(0)).leq(FittedModel.BLOCK_BOUND);
    Column isSmall = coalesce(col("a"), lit(0)).leq(FittedModel.BLOCK_BOUND);
    Dataset<Row> outgrown = sizes.where(wasSmall.and(isSmall.unary_$bang())).select("k");
    Dataset<Row> shrunk = sizes.where(isSmall.and(wasSmall.unary_$bang())).select("k");
    return ids(gone)
        .unionAll(ids(fresh))
        .unionAll(ids(before.join(outgrown, Exclusions.names("k"), "left_semi")))
        .unionAll(ids(after.join(shrunk, Exclusions.names("k"), "left_semi")))
        .distinct();
  }

  /** Matches that a record of some is part of. */
  private static Dataset<Row> ofRecords(Dataset<Row> matches, Dataset<Row> some) {
    Dataset<Row> left =
        some.select(
            col(TYPE).as(IdentityMatchColumns.LEFT_TYPE),
            col(VALUE).as(IdentityMatchColumns.LEFT_VALUE),
            lit(true).as("_l"));
    Dataset<Row> right =
        some.select(
            col(TYPE).as(IdentityMatchColumns.RIGHT_TYPE),
            col(VALUE).as(IdentityMatchColumns.RIGHT_VALUE),
            lit(true).as("_r"));
    return matches
        .join(left, Exclusions.names(left.columns()[0], left.columns()[1]), "left")
        .join(right, Exclusions.names(right.columns()[0], right.columns()[1]), "left")
        .where(col("_l").or(col("_r")));
  }

  /** The matches among records that at least one of some is part of. */
  private Dataset<Row> matches(
      Dataset<Row> standing, Dataset<Row> some, String version, String model) {
    Dataset<Row> own =
        keys(standing.join(some, Exclusions.names(TYPE, VALUE), "left_semi"))
            .select(col("k"), struct(col(TYPE).as("t"), col(VALUE).as("v")).as("one"));
    Dataset<Row> members =
        keys(standing)
            .join(own.select("k").distinct(), Exclusions.names("k"), "left_semi")
            .select(col("k"), struct(col(TYPE).as("t"), col(VALUE).as("v")).as("other"));
    Dataset<Row> small =
        members
            .groupBy("k")
            .agg(count(lit(1)).as("n"))
            .where(col("n").between(2, FittedModel.BLOCK_BOUND))
            .select("k");
    Dataset<Row> pairs =
        own.join(small, "k")
            .join(members, "k")
            .where(col("one").notEqual(col("other")))
            .select(
                least(col("one"), col("other")).as("l"), greatest(col("one"), col("other")).as("r"))
            .distinct();
    Dataset<Row> wide =
        pairs
            .join(side(standing, "l"), "l")
            .join(side(standing, "r"), "r")
            .select(
                col("l.t").as("lt"),
                col("l.v").as("lv"),
                col("l_attributes"),
                col("r.t").as("rt"),
                col("r.v").as("rv"),
                col("r_attributes"),
                greatest(col("l_since"), col("r_since")).as("at"),
                coalesce(col("l_consent"), col("r_consent")).as("consent"));
    StructType scored = wide.schema().add("probability", DataTypes.DoubleType, false);
    return wide.mapPartitions(
            new RecordKeys.Scored(model, wide.columns().length), Encoders.row(scored))
        .where(col("probability").geq(rule.atLeast()))
        .select(
            lit(GraphRules.PERSON).as(IdentityMatchColumns.GRAPH),
            col("lt").as(IdentityMatchColumns.LEFT_TYPE),
            col("lv").as(IdentityMatchColumns.LEFT_VALUE),
            col("rt").as(IdentityMatchColumns.RIGHT_TYPE),
            col("rv").as(IdentityMatchColumns.RIGHT_VALUE),
            least(col("probability"), lit(MOST)).as(IdentityMatchColumns.CONFIDENCE),
            lit(version).as(IdentityMatchColumns.MODEL_VERSION),
            lit(null).cast("string").as(IdentityMatchColumns.SOURCE),
            col("consent").as(IdentityMatchColumns.CONSENT),
            col("at").as(IdentityMatchColumns.MATCHED_AT));
  }

  private static Dataset<Row> side(Dataset<Row> standing, String side) {
    return standing.select(
        struct(col(TYPE).as("t"), col(VALUE).as("v")).as(side),
        col(ATTRIBUTES).as(side + "_attributes"),
        col(SINCE).as(side + "_since"),
        col(CONSENT).as(side + "_consent"));
  }
}
