package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the lake says of the shop, held against the truth; and the questions. */
record ShopFindings(DemoSession session, ShopTruth truth, DemoReport report) {

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "What did we sell, by week and currency?",
              """
              SELECT date(date_trunc('week', event_time)) AS week, currency,
                     count(*) AS orders, sum(total) AS revenue
              FROM silver.order_completed
              GROUP BY week, currency
              ORDER BY week, currency
              """),
          new Question(
              "How many devices come from looking to buying?",
              """
              SELECT step, count(DISTINCT device) AS devices
              FROM (SELECT anonymous_id AS device, CASE event
                             WHEN 'Product Viewed' THEN '1 viewed'
                             WHEN 'Product Added' THEN '2 added'
                             WHEN 'Checkout Started' THEN '3 checkout'
                             WHEN 'Order Completed' THEN '4 ordered' END AS step
                    FROM silver.activity)
              WHERE step IS NOT NULL
              GROUP BY step
              ORDER BY step
              """),
          new Question(
              "Which articles sell best?",
              """
              SELECT product.name, sum(product.quantity) AS pieces, count(*) AS orders
              FROM (SELECT explode(products) AS product FROM silver.order_completed)
              GROUP BY product.name
              ORDER BY pieces DESC, orders DESC, name
              LIMIT 5
              """),
          new Question(
              "On how many devices is one person logged in?",
              """
              SELECT devices, count(*) AS logins, sum(events) AS events
              FROM (SELECT user_id, count(DISTINCT anonymous_id) AS devices, count(*) AS events
                    FROM silver.activity
                    WHERE user_id IS NOT NULL AND anonymous_id IS NOT NULL
                    GROUP BY user_id)
              GROUP BY devices
              ORDER BY devices
              """),
          new Question(
              "Which sources send late, and how late?",
              """
              SELECT regexp_replace(source, '^/stores/.*', 'store tills') AS source,
                     count(*) AS events,
                     count_if(received_at > event_time + INTERVAL 1 HOUR) AS over_an_hour_late,
                     round(max(timestampdiff(MINUTE, event_time, received_at)) / 60, 1) AS worst_hours
              FROM silver.activity
              WHERE landed_from = 'shop'
              GROUP BY 1
              ORDER BY 1
              """));

  private static final Question REFUSED =
      new Question(
          "What was refused, and why",
          """
          SELECT reason, count(*) AS events, substr(min(detail), 1, 60) AS for_example
          FROM bronze.rejected
          WHERE landed_from = 'shop'
          GROUP BY reason
          ORDER BY events DESC, reason
          """);

  void tell() {
    SparkSession spark = session.spark();
    LandedRows landed = LandedRows.of(spark, session.home().lake(), ShopDemo.TOPIC);
    report.fact("events", truth.produced());
    report.fact("accepted", landed.accepted());
    report.fact("rejected", landed.rejected());
    report.fact("duplicates", landed.duplicates());
    report.fact("batches", landed.batches());
    report.heading("Nothing lost: what the shop made, and what the lake holds");
    checkCounts(spark, landed);
    checkContent(spark);
    report.heading("Half-way orders gained a schema version (1-0-1), and the stream ran on");
    tellVersions(spark, landed);
    if (truth.broken() > 0) {
      report.show(spark, REFUSED);
    }
    QUESTIONS.forEach(question -> report.answer(spark, question));
  }

  private void checkCounts(SparkSession spark, LandedRows landed) {
    Row timeline =
        spark
            .sql(
                """
                SELECT count(*), count(DISTINCT message_id)
                FROM silver.activity WHERE landed_from = 'shop'
                """)
            .first();
    report.check(
        Check.count("events, every one accounted for", truth.produced(), landed.records()));
    report.check(
        Check.count("duplicates dropped as they came", truth.duplicates(), landed.duplicates()));
    report.check(
        Check.count(
            "copies over another partition, removed by the repair",
            truth.crossPartitionCopies(),
            rows(spark, "bronze.duplicates")));
    report.check(
        Check.count(
            "broken ones kept in bronze.rejected", truth.broken(), rows(spark, "bronze.rejected")));
    report.check(
        Check.count("events in silver.activity", truth.uniqueValid(), timeline.getLong(0)));
    report.check(
        Check.count("different ones among them", truth.uniqueValid(), timeline.getLong(1)));
    report.fact("timeline", timeline.getLong(0));
  }

  /** Rows of the shop's; a table comes with its first one. */
  private long rows(SparkSession spark, String table) {
    Lake lake = session.home().lake();
    return lake.isTable(TableName.parse(table), spark.sessionState().newHadoopConf())
        ? spark.sql("SELECT 1 FROM " + table + " WHERE landed_from = 'shop'").count()
        : 0;
  }

  private void checkContent(SparkSession spark) {
    report.check(
        Check.each(
            "different events by name",
            truth.uniqueByEvent(),
            longs(
                spark,
                """
                SELECT CASE WHEN type = 'track' THEN event ELSE type END, count(DISTINCT message_id)
                FROM silver.activity WHERE landed_from = 'shop' GROUP BY 1
                """)));
    Map<String, BigDecimal> totals = new LinkedHashMap<>();
    spark
        .sql(
            """
            SELECT currency, sum(total)
            FROM (SELECT DISTINCT message_id, currency, total FROM silver.order_completed
                  WHERE landed_from = 'shop')
            GROUP BY currency
            """)
        .collectAsList()
        .forEach(row -> totals.put(row.getString(0), row.getDecimal(1)));
    report.check(Check.each("revenue by currency, to the cent", truth.orderTotals(), totals));
  }

  private void tellVersions(SparkSession spark, LandedRows landed) {
    Map<String, Long> orders =
        longs(
            spark,
            """
            SELECT schema_version, count(DISTINCT message_id)
            FROM silver.order_completed_v1 WHERE landed_from = 'shop' GROUP BY schema_version
            """);
    long all = truth.uniqueByEvent().getOrDefault("Order Completed", 0L);
    report.check(
        Check.each(
            "orders of 1-0-0 and of 1-0-1 in one table",
            Map.of("1-0-0", all - truth.versionedOrders(), "1-0-1", truth.versionedOrders()),
            orders));
    List<String> added = columnsAdded(spark);
    report.line("    columns added in place     " + String.join(", ", added));
    report.line(
        "    one stream                 %d batches, %d states of the registry"
            .formatted(landed.batches(), landed.registries()));
    report.fact("orders_by_version", orders);
    report.fact("columns_added", added);
    report.fact("registry_states", landed.registries());
  }

  /** The columns of the orders' table that its first version had not. */
  private List<String> columnsAdded(SparkSession spark) {
    String table = session.home().lake().tablePath("silver", "order_completed_v1");
    String[] first = spark.read().format("delta").option("versionAsOf", 0).load(table).columns();
    List<String> added =
        new ArrayList<>(Arrays.asList(spark.read().format("delta").load(table).columns()));
    added.removeAll(Arrays.asList(first));
    return added;
  }

  private static Map<String, Long> longs(SparkSession spark, String sql) {
    Map<String, Long> figures = new LinkedHashMap<>();
    spark.sql(sql).collectAsList().forEach(row -> figures.put(row.getString(0), row.getLong(1)));
    return figures;
  }
}
