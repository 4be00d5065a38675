package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.tributary.schemas.contract.IdentityMatchColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch's sources say, summed up by pair and by identifier. Sums of parts are sums of the
 * whole, so order and batches do not matter; where a source lost rows, the pairs and identifiers of
 * those are summed up anew over all there is.
 *
 * @param edges {@code src, dst, st, dt, rule, source, consent, confidence, first, last,
 *     observations, replaces}; types and rules as codes, times in microseconds
 * @param nodes {@code node, g, type, value, first, exact}; exact: earlier times no longer count,
 *     and without a first time nothing shows the identifier any more
 * @param unusable rules that a table has no columns for
 * @param restates whether some evidence went, so that a degree may have fallen
 */
record NewEvidence(Dataset<Row> edges, Dataset<Row> nodes, Set<String> unusable, boolean restates) {
  private static final List<String> KEY = List.of("src", "dst", "rule", "source", "consent");

  /** Reads what the plan says. */
  static NewEvidence read(
      IdentityTables tables, IdentityRules rules, BatchPlan plan, Staging staging) {
    EvidenceReader reader = new EvidenceReader(tables.spark(), rules);
    List<Dataset<Row>> gained = new ArrayList<>();
    List<Dataset<Row>> lost = new ArrayList<>();
    sources(tables, rules)
        .forEach(
            (table, name) -> {
              BatchPlan.Range range = plan.source(table);
              if (range.isEmpty()) {
                return;
              }
              SourceChanges changes =
                  SourceChanges.between(tables, table, range.from(), range.until());
              gained.add(reader.evidence(name, table, changes.gained()));
              if (changes.lost() != null) {
                lost.add(reader.evidence(name, table, changes.lost()));
              }
            });
    Dataset<Row> news = gained.stream().reduce(Dataset::unionAll).orElseGet(reader::none);
    if (lost.isEmpty()) {
      Dataset<Row> once = news.withColumn("weight", lit(1L));
      return new NewEvidence(
          edges(once).withColumn("replaces", lit(false)),
          (staging.many() ? nodesOfMany(once) : nodes(once)).withColumn("exact", lit(false)),
          reader.unusable(),
          false);
    }
    Dataset<Row> net = net(news, lost.stream().reduce(Dataset::unionAll).orElseThrow());
    return restated(staging.keep("net", net), all(tables, rules, plan, reader), reader.unusable());
  }

  /** Physical source tables, each with the name that rules have for it. */
  static Map<String, String> sources(IdentityTables tables, IdentityRules rules) {
    Set<String> names = new TreeSet<>();
    rules.evidence().forEach(rule -> names.add(rule.table()));
    if (!rules.models().ruleOfVersion().isEmpty()) {
      names.add(IdentityMatchColumns.TABLE);
    }
    Map<String, String> sources = new LinkedHashMap<>();
    names.forEach(name -> tables.physical(name).forEach(table -> sources.put(table, name)));
    return sources;
  }

  private static Dataset<Row> all(
      IdentityTables tables, IdentityRules rules, BatchPlan plan, EvidenceReader reader) {
    List<Dataset<Row>> all = new ArrayList<>();
    sources(tables, rules)
        .forEach(
            (table, name) -> {
              long until = plan.source(table).until();
              if (until >= 0) {
                all.add(reader.evidence(name, table, tables.at(table, until)));
              }
            });
    return all.stream()
        .reduce(Dataset::unionAll)
        .orElseGet(reader::none)
        .withColumn("weight", lit(1L));
  }

  /** Rows gained with a positive weight, rows lost with a negative one; equal ones cancel out. */
  private static Dataset<Row> net(Dataset<Row> gained, Dataset<Row> lost) {
    return gained
        .withColumn("weight", lit(1L))
        .unionAll(lost.withColumn("weight", lit(-1L)))
        .groupBy(EvidenceReader.columns())
        .agg(sum("weight").as("weight"))
        .where(col("weight").notEqual(0));
  }

  private static NewEvidence restated(Dataset<Row> net, Dataset<Row> all, Set<String> unusable) {
    Dataset<Row> gone = net.where(col("weight").lt(0));
    Dataset<Row> more = net.where(col("weight").gt(0));
    Dataset<Row> pairs = edges(gone.withColumn("weight", lit(0L)));
    Dataset<Row> keys = pairs.as("k");
    Dataset<Row> whole = edges(all).as("e");
    Dataset<Row> again =
        keys.join(whole, sameKey("k", "e"), "left")
            .select(
                col("k.src"),
                col("k.dst"),
                col("k.rule"),
                col("k.source"),
                col("k.consent"),
                either("st"),
                either("dt"),
                either("confidence"),
                either("first"),
                either("last"),
                coalesce(col("e.observations"), lit(0L)).as("observations"),
                lit(true).as("replaces"));
    Dataset<Row> added =
        edges(more)
            .as("e")
            .join(keys, sameKey("e", "k"), "left_anti")
            .withColumn("replaces", lit(false));
    Dataset<Row> lostNodes = nodes(gone).drop("first").as("k");
    Column sameNode = col("k.node").equalTo(col("n.node"));
    Dataset<Row> nodesAgain =
        lostNodes
            .join(nodes(all).as("n"), sameNode, "left")
            .select(
                col("k.node"),
                col("k.g"),
                col("k.type"),
                col("k.value"),
                col("n.first"),
                lit(true).as("exact"));
    Dataset<Row> nodesAdded =
        nodes(more).as("n").join(lostNodes, sameNode, "left_anti").withColumn("exact", lit(false));
    return new NewEvidence(
        added.unionByName(again), nodesAdded.unionByName(nodesAgain), unusable, true);
  }

  private static Column either(String name) {
    return coalesce(col("e." + name), col("k." + name)).as(name);
  }

  private static Column sameKey(String one, String other) {
    return KEY.stream()
        .map(name -> col(one + "." + name).eqNullSafe(col(other + "." + name)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static Dataset<Row> edges(Dataset<Row> evidence) {
    Column forward = col("l").leq(col("r"));
    return evidence
        .where(col("l").isNotNull().and(col("r").isNotNull()).and(col("l").notEqual(col("r"))))
        .select(
            least(col("l"), col("r")).as("src"),
            greatest(col("l"), col("r")).as("dst"),
            when(forward, col("lt")).otherwise(col("rt")).as("st"),
            when(forward, col("rt")).otherwise(col("lt")).as("dt"),
            col("rule"),
            col("source"),
            col("consent"),
            col("confidence"),
            col("time"),
            col("weight"))
        .groupBy(KEY.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(
            max("st").as("st"),
            max("dt").as("dt"),
            max("confidence").as("confidence"),
            min("time").as("first"),
            max("time").as("last"),
            sum("weight").as("observations"));
  }

  private static Dataset<Row> nodes(Dataset<Row> evidence) {
    Column left = side("l", "lt", "lv");
    Column right = side("r", "rt", "rv");
    return earliest(
        evidence
            .select(col("g"), col("time"), explode(array(left, right)).as("side"))
            .select(col("side.node"), col("g"), col("side.type"), col("side.value"), col("time")));
  }

  /** The same for many rows: reading them twice costs less than an array for each. */
  private static Dataset<Row> nodesOfMany(Dataset<Row> evidence) {
    return earliest(ofSide(evidence, "l", "lt", "lv").unionAll(ofSide(evidence, "r", "rt", "rv")));
  }

  private static Dataset<Row> ofSide(
      Dataset<Row> evidence, String node, String type, String value) {
    return evidence.select(
        col(node).as("node"), col("g"), col(type).as("type"), col(value).as("value"), col("time"));
  }

  private static Dataset<Row> earliest(Dataset<Row> sides) {
    return sides
        .where(col("node").isNotNull())
        .groupBy("node", "g", "type", "value")
        .agg(min("time").as("first"));
  }

  private static Column side(String node, String type, String value) {
    return struct(col(node).as("node"), col(type).as("type"), col(value).as("value"));
  }
}
