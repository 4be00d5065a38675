package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The landed tables of a lake, read by their paths, and two lakes held against each other. */
final class LakeRows {
  private static final Set<String> WHEN_LANDED = Set.of("landed_at", "rejected_at", "committed_at");

  private final SparkSession spark;
  private final Path lake;

  LakeRows(SparkSession spark, Path lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** Every table of the namespaces that landing fills, e.g. {@code silver/view_v1}. */
  List<String> tables() throws IOException {
    Set<String> tables = new TreeSet<>();
    for (String namespace : List.of("bronze", "silver")) {
      if (!Files.isDirectory(lake.resolve(namespace))) {
        continue; // nothing was refused
      }
      try (Stream<Path> found = Files.list(lake.resolve(namespace))) {
        found
            .filter(table -> Files.isDirectory(table.resolve("_delta_log")))
            .forEach(table -> tables.add(namespace + "/" + table.getFileName()));
      }
    }
    return List.copyOf(tables);
  }

  Dataset<Row> table(String table) {
    return spark.read().format("delta").load(lake.resolve(table).toString());
  }

  long count(String table) {
    return table(table).count();
  }

  long count(String table, String condition) {
    return table(table).where(condition).count();
  }

  /** The sums of the ledger: records, events, accepted, rejected, duplicates. */
  List<Long> ledger() {
    Row sums =
        table("ops/landing_batches")
            .selectExpr(
                "sum(records)", "sum(events)", "sum(accepted)", "sum(rejected)", "sum(duplicates)")
            .first();
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      numbers.add(sums.isNullAt(i) ? 0 : sums.getLong(i));
    }
    return numbers;
  }

  /** Asserts that both lakes hold the same rows, but for when they landed. */
  void assertSameAs(LakeRows other) throws IOException {
    assertSameRowsAs(other);
    assertEachRowOnce();
  }

  /** As {@link #assertSameAs}, where ids may stand twice, the first copy being forgotten. */
  void assertSameRowsAs(LakeRows other) throws IOException {
    assertThat(tables()).isEqualTo(other.tables());
    assertThat(ledger()).isEqualTo(other.ledger());
    for (String table : tables()) {
      Dataset<Row> ours = comparable(table(table));
      Dataset<Row> theirs = comparable(other.table(table));
      assertThat(ours.schema().simpleString())
          .as("columns of " + table)
          .isEqualTo(theirs.schema().simpleString());
      ours = ours.cache();
      theirs = theirs.cache();
      assertThat(ours.count()).as("rows of " + table).isEqualTo(theirs.count());
      assertThat(ours.exceptAll(theirs).limit(5).collectAsList()).as("more in " + table).isEmpty();
      assertThat(theirs.exceptAll(ours).limit(5).collectAsList()).as("less in " + table).isEmpty();
      ours.unpersist();
      theirs.unpersist();
    }
  }

  /** Asserts that no id stands twice in a partition, and that the ledger counts what is there. */
  void assertEachRowOnce() throws IOException {
    Dataset<Row> timeline = table("silver/activity");
    assertThat(
            timeline
                .groupBy("message_id", "landed_from", "landed_partition")
                .count()
                .where("count > 1")
                .limit(5)
                .collectAsList())
        .as("ids that landed twice")
        .isEmpty();
    long typed = 0;
    for (String table : tables()) {
      typed += table.startsWith("silver/") && !table.equals("silver/activity") ? count(table) : 0;
    }
    List<Long> sums = ledger();
    assertThat(timeline.count()).as("timeline against ledger").isEqualTo(sums.get(2));
    assertThat(typed).as("typed tables against ledger").isEqualTo(sums.get(2));
    long rejected = tables().contains("bronze/rejected") ? count("bronze/rejected") : 0;
    assertThat(rejected).as("rejected against ledger").isEqualTo(sums.get(3));
    assertThat(sums.get(1)).as("events").isEqualTo(sums.get(2) + sums.get(3) + sums.get(4));
  }

  private static Dataset<Row> comparable(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      boolean nested =
          field.dataType() instanceof MapType
              || field.dataType() instanceof ArrayType
              || field.dataType() instanceof StructType;
      if (!WHEN_LANDED.contains(field.name())) {
        columns.add(nested ? to_json(col(field.name())).as(field.name()) : col(field.name()));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }
}
