package dev.tributary.pipelines.demo;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the lake says of the invoices, held against the files; and the questions. */
record RetailFindings(
    DemoSession session, RetailFigures figures, RetailReplay replay, DemoReport report) {

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "What was sold and returned, by month?",
              """
              SELECT date_format(event_time, 'yyyy-MM') AS month, count(*) AS lines,
                     count_if(quantity < 0) AS returns,
                     count(DISTINCT customer_id) AS customers,
                     sum(quantity * unit_price) AS revenue
              FROM silver.invoice_line
              GROUP BY month
              ORDER BY month
              """),
          new Question(
              "Which countries buy most?",
              """
              SELECT country, count(DISTINCT invoice_no) AS invoices,
                     sum(quantity * unit_price) AS revenue
              FROM silver.invoice_line
              GROUP BY country
              ORDER BY revenue DESC
              LIMIT 8
              """),
          new Question(
              "Which articles come back most often?",
              """
              SELECT stock_code, max(description) AS article, -sum(quantity) AS pieces,
                     count(*) AS returns
              FROM silver.invoice_line
              WHERE quantity < 0 AND customer_id IS NOT NULL
              GROUP BY stock_code
              ORDER BY returns DESC, stock_code
              LIMIT 5
              """),
          new Question(
              "How dirty is it?",
              """
              SELECT count_if(customer_id IS NULL) AS without_customer,
                     count_if(unit_price = 0) AS free_of_charge,
                     count_if(unit_price < 0) AS negative_price,
                     count_if(description IS NULL) AS without_description
              FROM silver.invoice_line
              """));

  void tell() {
    SparkSession spark = session.spark();
    LandedRows landed = LandedRows.of(spark, session.home().lake(), RetailDemo.TOPIC);
    report.fact("days", replay.fileCount());
    report.fact("events", replay.lines());
    report.fact("accepted", landed.accepted());
    report.fact("rejected", landed.rejected());
    report.fact("duplicates", landed.duplicates());
    report.fact("batches", landed.batches());
    report.heading("The CSV files of %,d days, and the lake".formatted(replay.fileCount()));
    check(spark, landed);
    QUESTIONS.forEach(question -> report.answer(spark, question));
  }

  private void check(SparkSession spark, LandedRows landed) {
    Row row =
        spark
            .sql(
                """
                SELECT count(*), count_if(quantity < 0), count_if(customer_id IS NULL),
                       count(DISTINCT customer_id), count(DISTINCT invoice_no),
                       count(DISTINCT message_id)
                FROM silver.invoice_line WHERE landed_from = 'retail'
                """)
            .first();
    report.check(Check.count("events, every one accounted for", replay.lines(), landed.records()));
    report.check(
        Check.count(
            "lines that are none, in bronze.rejected", replay.malformed(), landed.rejected()));
    report.check(Check.count("rows", figures.rows(), row.getLong(0)));
    report.check(Check.count("different events", figures.rows(), row.getLong(5)));
    report.check(Check.count("returns", figures.returns(), row.getLong(1)));
    report.check(Check.count("rows without a customer", figures.withoutCustomer(), row.getLong(2)));
    report.check(Check.count("different customers", figures.customers(), row.getLong(3)));
    report.check(Check.count("different invoices", figures.invoices(), row.getLong(4)));
    report.check(
        Check.each(
            "revenue by month, to the last digit",
            figures.revenueByMonth(),
            revenue(spark, "date_format(event_time, 'yyyy-MM')")));
    report.check(
        Check.each(
            "revenue by country, to the last digit",
            figures.revenueByCountry(),
            revenue(spark, "country")));
  }

  private static Map<String, BigDecimal> revenue(SparkSession spark, String by) {
    Map<String, BigDecimal> revenue = new LinkedHashMap<>();
    spark
        .sql(
            "SELECT "
                + by
                + ", sum(quantity * unit_price) FROM silver.invoice_line"
                + " WHERE landed_from = 'retail' GROUP BY 1")
        .collectAsList()
        .forEach(row -> revenue.put(row.getString(0), row.getDecimal(1)));
    return revenue;
  }
}
