package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.identity.behaviour.BehaviourFit;
import dev.tributary.pipelines.identity.behaviour.BehaviourModel;
import dev.tributary.pipelines.identity.behaviour.Comparison;
import dev.tributary.pipelines.identity.behaviour.DeviceTrace;
import dev.tributary.pipelines.identity.behaviour.PairKind;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.schemas.contract.IdentityMatchColumns;
import dev.tributary.schemas.contract.IdentityTraceColumns;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Matches of devices under a behaviour model. Candidates share a network that few devices are on. A
 * device without logins that could be of several persons is of none of them for certain: the odds
 * of each count against those of the others.
 */
final class DeviceEvidence {
  /** A device with more different observations than this is no person's. */
  private static final int MOST_OBSERVATIONS = 2_000;

  private static final double COMMON_PAGE = 0.01;
  private static final int LEAST_COMMON = 5;
  private static final int MOST_COMMON_PAGES = 5_000;
  private static final double MOST = 0.9999;

  private static final String DEVICE = IdentityTraceColumns.DEVICE;
  private static final String KIND = IdentityTraceColumns.KIND;
  private static final String VALUE = IdentityTraceColumns.VALUE;
  private static final String OBSERVATIONS = IdentityTraceColumns.OBSERVATIONS;

  private final IdentityTables tables;
  private final BehaviourRule rule;
  private final DeviceTraces traces;
  private final EvidenceTables store;

  DeviceEvidence(IdentityTables tables, IdentityRules rules, BehaviourRule rule) {
    this.tables = tables;
    this.rule = rule;
    this.traces = new DeviceTraces(tables, rules, rule);
    this.store = new EvidenceTables(tables);
  }

  /** Learns a model; empty when too few pairs of devices have logins. */
  Optional<BehaviourModel> fit(Consumer<String> progress) {
    Dataset<Row> seen = EvidenceTables.kept(traces.now());
    Set<String> common = commonPages(seen);
    List<BehaviourFit.Counted> counted =
        pairs(seen, null, common)
            .groupBy("levels", "kind")
            .agg(count(lit(1)))
            .collectAsList()
            .stream()
            .map(
                row ->
                    new BehaviourFit.Counted(
                        Arrays.stream(row.getString(0).split(","))
                            .mapToInt(Integer::parseInt)
                            .toArray(),
                        PairKind.valueOf(row.getString(1)),
                        row.getLong(2)))
            .sorted(java.util.Comparator.comparing(one -> Arrays.toString(one.levels())))
            .toList();
    Optional<BehaviourModel> model = BehaviourFit.fit(counted, common);
    progress.accept(
        model.isPresent()
            ? "model %s learned from %d kinds of pairs: %s"
                .formatted(rule.name(), counted.size(), model.get())
            : ("model %s cannot be learned: fewer than %d pairs of devices on small networks have"
                    + " equal logins, or fewer have different ones")
                .formatted(rule.name(), BehaviourFit.LEAST_PAIRS));
    return model;
  }

  private static Set<String> commonPages(Dataset<Row> seen) {
    long devices = seen.select(DEVICE).distinct().count();
    double most = Math.max(LEAST_COMMON, COMMON_PAGE * devices);
    Set<String> common = new HashSet<>();
    seen.where(col(KIND).equalTo(DeviceTrace.PAGE))
        .groupBy(VALUE)
        .agg(count(lit(1)).as("n"))
        .where(col("n").gt(most))
        .orderBy(col("n").desc(), col(VALUE))
        .limit(MOST_COMMON_PAGES)
        .collectAsList()
        .forEach(row -> common.add(row.getString(0)));
    return common;
  }

  private static Column network() {
    return expr("substring_index(" + VALUE + ", ' ', 1)");
  }

  /** The observations with, for networks, how many devices are on them. */
  private static Dataset<Row> sized(Dataset<Row> seen) {
    Dataset<Row> people =
        seen.groupBy(DEVICE)
            .agg(count(lit(1)).as("n"))
            .where(col("n").leq(MOST_OBSERVATIONS))
            .select(DEVICE);
    Column isNetwork = col(KIND).equalTo(DeviceTrace.NETWORK);
    Dataset<Row> known =
        seen.join(people, Exclusions.names(DEVICE), "left_semi")
            .withColumn("network", when(isNetwork, network()));
    Dataset<Row> sizes =
        known.where(isNetwork).groupBy("network").agg(countDistinct(col(DEVICE)).as("size"));
    return known.join(sizes, Exclusions.names("network"), "left");
  }

  /** Compared candidate pairs, see {@link DevicePairs}. */
  private static Dataset<Row> pairs(Dataset<Row> seen, String model, Set<String> commonPages) {
    Dataset<Row> sized = EvidenceTables.kept(sized(seen));
    Dataset<Row> on =
        sized
            .where(
                col(KIND)
                    .equalTo(DeviceTrace.NETWORK)
                    .and(col("size").between(2, Comparison.MOST_DEVICES)))
            .select(col("network"), col(DEVICE))
            .distinct();
    Dataset<Row> pairs =
        on.withColumnRenamed(DEVICE, "l")
            .join(on.withColumnRenamed(DEVICE, "r"), "network")
            .where(col("l").lt(col("r")))
            .select("l", "r")
            .distinct();
    Dataset<Row> devices =
        sized
            .groupBy(DEVICE)
            .agg(
                collect_list(
                        struct(
                            col(KIND),
                            col(VALUE),
                            col(OBSERVATIONS),
                            coalesce(col("size"), lit(0L)).as("size")))
                    .as("seen"));
    return pairs
        .join(devices.select(col(DEVICE).as("l"), col("seen").as("l_seen")), "l")
        .join(devices.select(col(DEVICE).as("r"), col("seen").as("r_seen")), "r")
        .select("l", "l_seen", "r", "r_seen")
        .mapPartitions(new DevicePairs(model, commonPages), DevicePairs.encoder());
  }

  /** All matches, from the traces up to now. */
  Dataset<Row> all(String version, String model) {
    return matches(EvidenceTables.kept(traces.now()), version, model);
  }

  /** Brings {@code identity.traces} and {@code identity.matches} up to now. */
  void update(String version, String model, boolean anew) {
    Dataset<Row> seen = traces.update(anew);
    store.replaceMatches(store.matches(version), matches(seen, version, model));
  }

  private Dataset<Row> matches(Dataset<Row> seen, String version, String model) {
    Dataset<Row> scored = EvidenceTables.kept(pairs(seen, model, Set.of()));
    Dataset<Row> claims = EvidenceTables.kept(claims(scored));
    Dataset<Row> totals =
        claims
            .groupBy("device")
            .agg(
                expr("aggregate(array_sort(collect_list(odds)), 0D, (a, x) -> a + x)").as("total"),
                expr("max_by(login, struct(odds, login))").as("likeliest"),
                max("odds").as("most"));
    Dataset<Row> matches = withLogin(scored, claims, totals).unionAll(withoutLogin(scored, totals));
    return matches
        .where(col("p").geq(rule.atLeast()))
        .select(
            lit(GraphRules.PERSON).as(IdentityMatchColumns.GRAPH),
            lit(rule.type()).as(IdentityMatchColumns.LEFT_TYPE),
            col("l").as(IdentityMatchColumns.LEFT_VALUE),
            lit(rule.type()).as(IdentityMatchColumns.RIGHT_TYPE),
            col("r").as(IdentityMatchColumns.RIGHT_VALUE),
            least(col("p"), lit(MOST)).as(IdentityMatchColumns.CONFIDENCE),
            lit(version).as(IdentityMatchColumns.MODEL_VERSION),
            lit(null).cast("string").as(IdentityMatchColumns.SOURCE),
            lit(null).cast("string").as(IdentityMatchColumns.CONSENT),
            timestamp_micros(col("at")).as(IdentityMatchColumns.MATCHED_AT));
  }

  private static Column stranger() {
    return when(col("l_login").isNull(), col("l")).otherwise(col("r"));
  }

  /** For each device without logins and login near it, the best odds that it is theirs. */
  private static Dataset<Row> claims(Dataset<Row> scored) {
    return scored
        .where(col("kind").equalTo(PairKind.ONE_LOGIN.name()))
        .groupBy(stranger().as("device"), coalesce(col("l_login"), col("r_login")).as("login"))
        .agg(max("odds").as("odds"));
  }

  private static Dataset<Row> withLogin(
      Dataset<Row> scored, Dataset<Row> claims, Dataset<Row> totals) {
    Dataset<Row> own = claims.select(col("device"), col("login"), col("odds").as("own"));
    return scored
        .where(col("kind").equalTo(PairKind.ONE_LOGIN.name()))
        .withColumn("device", stranger())
        .withColumn("login", coalesce(col("l_login"), col("r_login")))
        .join(own, Exclusions.names("device", "login"))
        .join(totals, "device")
        .select(
            col("l"),
            col("r"),
            col("at"),
            expr("odds / (1 + odds + greatest(0D, total - own))").as("p"));
  }

  /** Two without logins, unless they are likelier two different persons'. */
  private static Dataset<Row> withoutLogin(Dataset<Row> scored, Dataset<Row> totals) {
    Dataset<Row> sure =
        totals.where(expr("most / (1 + total) > 0.5")).select(col("device"), col("likeliest"));
    return scored
        .where(col("kind").equalTo(PairKind.NO_LOGIN.name()))
        .join(
            sure.select(col("device").as("l"), col("likeliest").as("ll")),
            Exclusions.names("l"),
            "left")
        .join(
            sure.select(col("device").as("r"), col("likeliest").as("rl")),
            Exclusions.names("r"),
            "left")
        .where(col("ll").isNull().or(col("rl").isNull()).or(col("ll").equalTo(col("rl"))))
        .select(col("l"), col("r"), col("at"), expr("odds / (1 + odds)").as("p"));
  }
}
