package dev.tributary.pipelines.demo;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.tributary.pipelines.demo.Delivery.Kind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** One day of invoices. Times carry no zone in the data; they are taken as UTC. */
final class RetailFile {

  static final String EVENT = "Invoice Line";
  private static final String HEADING =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  private static final int COLUMNS = 8;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final String MALFORMED = "malformed line";

  private final Path file;
  private final String day;
  private final CsvRecords records;
  private final CsvParser parser;
  private Instant last = Instant.EPOCH;

  RetailFile(Path file, byte[] content) {
    this.file = file;
    String name = file.getFileName().toString();
    this.day = name.substring(0, name.length() - ".csv".length());
    this.records = new CsvRecords(content);
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(-1);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setIgnoreLeadingWhitespacesInQuotes(false);
    settings.setIgnoreTrailingWhitespacesInQuotes(false);
    this.parser = new CsvParser(settings);
  }

  Iterator<Delivery> deliveries() {
    if (!records.hasNext()) {
      return Collections.emptyIterator();
    }
    String heading = new String(records.next().bytes(), StandardCharsets.UTF_8).strip();
    if (!heading.equals(HEADING) && !heading.equals("\ufeff" + HEADING)) {
      throw DeliveryException.wrongHeading(file, heading, HEADING);
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Delivery next() {
        if (!records.hasNext()) {
          throw new NoSuchElementException(file + " has no more lines");
        }
        return delivery(records.next());
      }
    };
  }

  private Delivery delivery(CsvRecords.Line line) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes())).toString();
      return invoiceLine(line.number(), parser.parseLine(text));
    } catch (CharacterCodingException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException e) {
      return malformed(line);
    }
  }

  private Delivery invoiceLine(int number, String[] fields) {
    if (fields == null || fields.length != COLUMNS || fields[0] == null || fields[1] == null) {
      throw new IllegalArgumentException("not a line of " + COLUMNS + " columns");
    }
    String customer = customer(fields[6]);
    String key = customer == null ? fields[0] : customer;
    int quantity = Integer.parseInt(fields[3]);
    BigDecimal price = new BigDecimal(fields[5]);
    Instant time = LocalDateTime.parse(fields[4], TIME).toInstant(ZoneOffset.UTC);
    last = time;
    byte[] value =
        Wire.object(
            json -> {
              json.writeStringField("type", "track");
              json.writeStringField("event", EVENT);
              json.writeStringField("messageId", "online-retail/" + day + "/" + number);
              json.writeStringField(customer == null ? "anonymousId" : "userId", key);
              json.writeStringField("timestamp", Wire.time(time));
              json.writeObjectFieldStart("properties");
              json.writeStringField("invoice_no", fields[0]);
              json.writeStringField("stock_code", fields[1]);
              json.writeStringField("description", fields[2]);
              json.writeNumberField("quantity", quantity);
              json.writeNumberField("unit_price", price);
              json.writeStringField("country", fields[7]);
              json.writeStringField("customer_id", customer);
              json.writeNumberField("line_no", number);
              json.writeEndObject();
            });
    return delivery(Kind.ORIGINAL, EVENT, key, value, time);
  }

  /** The raw line, which is no JSON; with the time of the line before it, as it has none. */
  private Delivery malformed(CsvRecords.Line line) {
    String key = day + "/" + line.number();
    return delivery(Kind.BROKEN, MALFORMED, key, line.bytes(), last);
  }

  private static Delivery delivery(
      Kind kind, String label, String key, byte[] value, Instant time) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return new Delivery(kind, label, keyBytes, value, Map.of(), time, time, 0);
  }

  /** The data hold the number as a decimal, 17850.0; null when there is none. */
  private static String customer(String field) {
    return field == null ? null : new BigDecimal(field).toBigIntegerExact().toString();
  }
}
