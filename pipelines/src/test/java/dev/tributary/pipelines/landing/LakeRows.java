package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The landed tables of a lake, read by their paths, and two lakes held against each other. */
final class LakeRows {
  private static final Set<String> WHEN_LANDED =
      Set.of("landed_at", "rejected_at", "rejected_date", "committed_at");

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
      assertSame(table, texts(ours), texts(theirs));
    }
  }

  /** Every row as JSON, in order: one job a table, where a set difference is many. */
  private static List<String> texts(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().sorted().toList();
  }

  private static void assertSame(String table, List<String> ours, List<String> theirs) {
    assertThat(ours).as("rows of " + table).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      if (!ours.get(i).equals(theirs.get(i))) {
        assertThat(ours.get(i)).as("row %s of %s, in order", i, table).isEqualTo(theirs.get(i));
      }
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
    return rows.drop(WHEN_LANDED.toArray(String[]::new));
  }
}
