package dev.tributary.pipelines.demo;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The figures of the invoices, computed from the CSV files alone: another reader than the replay's,
 * no Spark, exact decimals. What landed is held against them.
 *
 * @param rows invoice lines
 * @param returns lines of a negative quantity
 * @param withoutCustomer lines that name no customer
 * @param customers different customers
 * @param invoices different invoices
 * @param revenueByMonth sum of quantity × unit price, by {@code yyyy-MM}, in GBP
 * @param revenueByCountry the same by country
 */
record RetailFigures(
    long rows,
    long returns,
    long withoutCustomer,
    long customers,
    long invoices,
    Map<String, BigDecimal> revenueByMonth,
    Map<String, BigDecimal> revenueByCountry) {

  /** Reads the files {@code *.csv} of a directory. */
  static RetailFigures of(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(file -> file.toString().endsWith(".csv")).toList();
    }
    Sums sums = new Sums();
    for (Path file : files) {
      parser().iterateRecords(file.toFile(), StandardCharsets.UTF_8).forEach(sums::add);
    }
    return sums.figures();
  }

  private static CsvParser parser() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    return new CsvParser(settings);
  }

  private static final class Sums {
    private static final int INVOICE = 0;
    private static final int QUANTITY = 3;
    private static final int TIME = 4;
    private static final int PRICE = 5;
    private static final int CUSTOMER = 6;
    private static final int COUNTRY = 7;
    private static final int MONTH_LENGTH = "yyyy-MM".length();

    private long rows;
    private long returns;
    private long withoutCustomer;
    private final Set<BigDecimal> customers = new HashSet<>();
    private final Set<String> invoices = new HashSet<>();
    private final Map<String, BigDecimal> byMonth = new TreeMap<>();
    private final Map<String, BigDecimal> byCountry = new TreeMap<>();

    void add(com.univocity.parsers.common.record.Record line) {
      String[] fields = line.getValues();
      BigDecimal quantity = new BigDecimal(fields[QUANTITY]);
      BigDecimal revenue = quantity.multiply(new BigDecimal(fields[PRICE]));
      rows++;
      returns += quantity.signum() < 0 ? 1 : 0;
      invoices.add(fields[INVOICE]);
      byMonth.merge(fields[TIME].substring(0, MONTH_LENGTH), revenue, BigDecimal::add);
      byCountry.merge(fields[COUNTRY], revenue, BigDecimal::add);
      if (fields[CUSTOMER] == null) {
        withoutCustomer++;
      } else {
        customers.add(new BigDecimal(fields[CUSTOMER]).stripTrailingZeros());
      }
    }

    RetailFigures figures() {
      return new RetailFigures(
          rows,
          returns,
          withoutCustomer,
          customers.size(),
          invoices.size(),
          Map.copyOf(byMonth),
          Map.copyOf(byCountry));
    }
  }
}
