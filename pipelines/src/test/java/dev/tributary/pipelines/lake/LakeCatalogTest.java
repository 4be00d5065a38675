package dev.tributary.pipelines.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCatalogTest {
  @TempDir static Path directory;
  private static LakeFixture shop;

  @BeforeAll
  static void landSomeOrders() {
    shop = LakeFixture.shop(directory);
  }

  private static List<String> rows(String sql) {
    return shop.sql(sql).collectAsList().stream().map(LakeCatalogTest::line).toList();
  }

  private static String line(Row row) {
    return row.mkString("|");
  }

  @Test
  void resolvesATableFromItsDirectory() {
    assertThat(rows("SELECT message_id, total FROM silver.order_completed_v1 ORDER BY 1"))
        .containsExactly("m1|10.50", "m2|20.00");
    assertThat(rows("SELECT job FROM ops.job_runs")).containsExactly("landing");
    assertThat(rows("SELECT job FROM spark_catalog.ops.job_runs")).containsExactly("landing");
    assertThat(rows("SELECT Job_Runs.JOB FROM Ops.Job_Runs")).containsExactly("landing");
  }

  @Test
  void unitesAllModelsByNameWithNullsForMissingColumnsAndCommonTypes() {
    assertThat(
            rows(
                "SELECT message_id, total, items, note, currency, schema_version"
                    + " FROM silver.order_completed ORDER BY event_time"))
        .containsExactly(
            "m1|10.500|2|null|EUR|1-0-0",
            "m2|20.000|1|null|null|1-0-1",
            "m3|30.125|3|gift|true|2-0-0");
    assertThat(rows("SELECT address.* FROM silver.order_completed ORDER BY message_id"))
        .containsExactly("Bonn|null|53111", "null|null|null", "Lyon|FR|null");
  }

  @Test
  void describesAView() {
    assertThat(rows("DESCRIBE silver.order_completed"))
        .contains(
            "total|decimal(12,3)|null",
            "items|bigint|null",
            "note|string|null",
            "currency|string|null",
            "address|struct<city:string,country:string,zip:int>|null");
  }

  @Test
  void listsNamespacesTablesAndViews() throws AnalysisException {
    assertThat(rows("SHOW NAMESPACES")).contains("default", "ops", "silver");
    assertThat(rows("SHOW TABLES IN silver"))
        .contains(
            "silver|activity|false",
            "silver|order_completed|false",
            "silver|order_completed_v1|false",
            "silver|order_completed_v2|false");
    assertThat(rows("SHOW TABLES IN vault")).isEmpty();
    assertThat(shop.spark().catalog().tableExists("silver.order_completed")).isTrue();
    assertThat(shop.spark().catalog().tableExists("silver.nothing")).isFalse();
    assertThat(shop.spark().catalog().listTables("silver").count()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void usesANamespaceAsTheCurrentOne() {
    try {
      shop.sql("USE silver");
      assertThat(rows("SELECT count(*) FROM order_completed")).containsExactly("3");
      assertThat(rows("SELECT upper(event) FROM activity")).containsExactly("ORDER COMPLETED");
    } finally {
      shop.sql("USE default");
    }
  }

  @Test
  void describesATable() {
    assertThat(rows("DESCRIBE silver.order_completed_v1"))
        .contains("message_id|string|null", "total|decimal(10,2)|null");
    assertThat(rows("DESCRIBE EXTENDED silver.order_completed_v1"))
        .anyMatch(line -> line.contains("silver/order_completed_v1"));
    assertThat(rows("SHOW COLUMNS IN silver.activity")).containsExactly("message_id", "event");
  }

  @Test
  void keepsWhatIsNotTheLakesAsItWas() {
    shop.sql("SELECT 7 AS seven").createOrReplaceTempView("sevens");
    assertThat(rows("SELECT * FROM sevens")).containsExactly("7");
    String path = shop.lake().tablePath("ops", "job_runs");
    assertThat(rows("SELECT job FROM delta.`" + path + "`")).containsExactly("landing");
    assertThat(rows("SHOW TABLES")).containsExactly("|sevens|true");
    assertThatThrownBy(() -> shop.sql("SELECT * FROM elsewhere.x"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND")
        .hasMessageNotContaining("nearest");
  }

  @Test
  void seesTheNextCommitAndANewModelAtTheNextQuery() {
    LakeFixture lake = LakeFixture.empty(directory.resolve("fresh"));
    lake.write("silver.seen_v1", "SELECT 1 a");
    assertThat(lake.sql("SELECT * FROM silver.seen").count()).isEqualTo(1);
    lake.write("silver.seen_v1", "SELECT 2 a");
    assertThat(lake.sql("SELECT * FROM silver.seen").count()).isEqualTo(2);
    lake.write("silver.seen_v2", "SELECT 'x' b");
    assertThat(lake.sql("SELECT a, b FROM silver.seen").count()).isEqualTo(3);
  }

  @Test
  void aModelThatIsBeingMadeDoesNotHideTheOthers() throws Exception {
    LakeFixture lake = LakeFixture.empty(directory.resolve("making"));
    lake.write("silver.made_v1", "SELECT 1 a");
    Files.createDirectories(directory.resolve("making/lake/silver/made_v2/_delta_log"));
    assertThat(lake.sql("SELECT a FROM silver.made").count()).isEqualTo(1);
  }

  @Test
  void travelsInTimeAndTellsItsHistory() {
    shop.write("silver.travelled", "SELECT 1 n");
    shop.write("silver.travelled", "SELECT 2 n");
    assertThat(rows("SELECT count(*) FROM silver.travelled VERSION AS OF 0")).containsExactly("1");
    assertThat(rows("SELECT count(*) FROM silver.travelled")).containsExactly("2");
    assertThat(shop.sql("DESCRIBE HISTORY silver.travelled").select("version").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(1L, 0L);
    assertThat(rows("DESCRIBE DETAIL silver.travelled")).hasSize(1);
  }

  @Test
  void changesRowsThroughTheName() {
    shop.write("silver.changed", "SELECT id FROM range(10)");
    shop.sql("ALTER TABLE silver.changed SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    shop.sql("DELETE FROM silver.changed WHERE id < 3");
    shop.sql("UPDATE silver.changed SET id = 100 WHERE id = 9");
    shop.sql(
        "MERGE INTO silver.changed t USING (SELECT 100L id UNION ALL SELECT 200L) s ON t.id = s.id"
            + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT *");
    shop.sql("INSERT INTO silver.changed VALUES (300)");
    assertThat(rows("SELECT id FROM silver.changed ORDER BY id"))
        .containsExactly("3", "4", "5", "6", "7", "8", "200", "300");
    assertThat(
            rows("SELECT id FROM table_changes('silver.changed', 2) WHERE _change_type = 'delete'"))
        .containsExactlyInAnyOrder("0", "1", "2", "100");
    assertThat(rows("OPTIMIZE silver.changed")).hasSize(1);
    shop.sql("VACUUM silver.changed");
    shop.sql("ALTER TABLE silver.changed ADD COLUMN note STRING");
    assertThat(shop.sql("SELECT note FROM silver.changed").count()).isEqualTo(8);
  }

  @Test
  void createsReplacesAndDropsTablesWhereTheirNamesSay() {
    shop.sql("CREATE TABLE gold.totals (currency STRING, total DECIMAL(12,2)) USING delta");
    assertThat(directory.resolve("lake/gold/totals/_delta_log")).isDirectory();
    shop.sql("INSERT INTO gold.totals VALUES ('EUR', 30.50)");
    assertThat(rows("SELECT * FROM gold.totals")).containsExactly("EUR|30.50");
    shop.sql("CREATE OR REPLACE TABLE gold.totals USING delta AS SELECT 'USD' currency");
    assertThat(rows("SELECT * FROM gold.totals")).containsExactly("USD");
    shop.sql("CREATE TABLE IF NOT EXISTS gold.totals USING delta AS SELECT 'GBP' currency");
    assertThat(rows("SELECT * FROM gold.totals")).containsExactly("USD");
    shop.sql("CREATE TABLE gold.copied AS SELECT * FROM silver.activity");
    assertThat(directory.resolve("lake/gold/copied/_delta_log")).isDirectory();
    shop.sql("SELECT 5 n").write().format("delta").saveAsTable("gold.saved");
    assertThat(rows("SELECT n FROM gold.saved")).containsExactly("5");
    shop.sql("DROP TABLE gold.totals");
    shop.sql("DROP TABLE IF EXISTS gold.totals");
    assertThat(Files.exists(directory.resolve("lake/gold/totals"))).isFalse();
    assertThatThrownBy(() -> shop.sql("DROP TABLE gold.totals"))
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
  }

  @Test
  void refusesWhatALakeCannotHold() {
    assertThatThrownBy(() -> shop.sql("CREATE TABLE gold.plain (a INT) USING parquet"))
        .hasMessageContaining("Delta tables only");
    assertThatThrownBy(() -> shop.sql("CREATE TABLE silver.order_completed (a INT) USING delta"))
        .hasMessageContaining("order_completed");
    assertThatThrownBy(() -> shop.sql("SELECT * FROM silver.`../../etc`"))
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
  }

  @Test
  void namesWhatIsNearWhenANameIsUnknown() {
    assertThatThrownBy(() -> shop.sql("SELECT *\nFROM silver.order_complete"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND")
        .hasMessageContaining("nearest in the lake")
        .hasMessageContaining("silver.order_completed,")
        .hasMessageContaining("line 2 pos 5");
  }

  @Test
  void streamsFromAName() throws Exception {
    shop.write("silver.streamed", "SELECT id FROM range(5)");
    var query =
        shop.spark()
            .readStream()
            .table("silver.streamed")
            .writeStream()
            .format("memory")
            .queryName("streamed")
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(shop.sql("SELECT id FROM streamed").as(Encoders.LONG()).collectAsList()).hasSize(5);
    shop.spark().catalog().dropTempView("streamed");
  }
}
