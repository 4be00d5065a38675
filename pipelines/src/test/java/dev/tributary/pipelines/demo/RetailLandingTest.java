package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.job.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailLandingTest {
  /** One day in so many, of all months; {@code tributary demo --retail} lands them all. */
  private static final int ONE_DAY_IN = 6;

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }

  @Test
  void theWholesalersInvoicesLandToTheLastPenny() throws Exception {
    Path data = Path.of(System.getProperty("tributary.data", ""), "retail", "online-retail");
    Assumptions.assumeTrue(Files.isDirectory(data), "skipped: there is no " + data);
    Path days = someDays(data);

    Map<String, Object> report = demo(days);

    RetailFigures figures = RetailFigures.of(days);
    System.out.println(figures);
    assertThat(figures.revenueByMonth().size()).isGreaterThanOrEqualTo(9);
    assertThat(figures.revenueByCountry().size()).isGreaterThan(10);
    assertThat(report).containsEntry("holds", true).containsEntry("events", figures.rows());
    assertThat((List<?>) report.get("checks")).hasSize(10);
  }

  @Test
  void figuresAreThoseOfTheLines() throws IOException {
    Files.writeString(
        directory.resolve("2010-12-01.csv"),
        """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        536365,85123A,"HOLDER, WHITE",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
        C536366,85123A,,-2,2010-12-01 09:26:00,2.55,17850.0,United Kingdom
        536367,POST,POSTAGE,1,2010-12-01 10:26:00,0.001,,EIRE
        """);

    RetailFigures figures = RetailFigures.of(directory);

    assertThat(figures)
        .isEqualTo(
            new RetailFigures(
                3,
                1,
                1,
                1,
                3,
                Map.of("2010-12", new BigDecimal("10.201")),
                Map.of(
                    "United Kingdom", new BigDecimal("10.20"), "EIRE", new BigDecimal("0.001"))));
  }

  @Test
  void aFigureThatDiffersIsNamed() {
    Check check =
        Check.each(
            "revenue",
            Map.of("EIRE", new BigDecimal("1.00"), "France", BigDecimal.ONE),
            Map.of("EIRE", new BigDecimal("1.0"), "France", BigDecimal.TEN));

    assertThat(check.holds()).isFalse();
    assertThat(check.line()).contains("✘", "France 10", "France 1 ");
  }

  private Map<String, Object> demo(Path days) throws Exception {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    DemoHome home = DemoHome.at(directory.resolve("demo"));
    return new RetailDemo(home, days, Progress.silent(), new DemoScreen(out, 0, false)).run();
  }

  private Path someDays(Path data) throws IOException {
    Path days = Files.createDirectory(directory.resolve("days"));
    List<Path> files;
    try (Stream<Path> entries = Files.list(data)) {
      files = entries.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    for (int i = 0; i < files.size(); i += ONE_DAY_IN) {
      Path file = files.get(i).toAbsolutePath();
      Files.createSymbolicLink(days.resolve(file.getFileName().toString()), file);
    }
    return days;
  }
}
