package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.demo.Delivery.Kind;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.validation.JsonValidator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailReplayTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADING =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  private static final String LINE =
      "536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n";

  @TempDir private Path directory;

  @Test
  void makesAnInvoiceLineOfALine() throws IOException {
    Delivery delivery = replay(HEADING + LINE).get(0);
    assertThat(delivery.kind()).isEqualTo(Kind.ORIGINAL);
    assertThat(delivery.key()).isEqualTo("17850".getBytes(StandardCharsets.UTF_8));
    assertThat(delivery.receivedAt()).isEqualTo("2010-12-01T08:26:00Z");
    assertThat(JSON.readTree(delivery.value()))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "track", "event": "Invoice Line",
                 "messageId": "online-retail/2010-12-01/2",
                 "userId": "17850", "timestamp": "2010-12-01T08:26:00.000Z",
                 "properties": {"invoice_no": "536365", "stock_code": "85123A",
                   "description": "WHITE HOLDER", "quantity": 6, "unit_price": 2.55,
                   "country": "United Kingdom", "customer_id": "17850", "line_no": 2}}
                """));
  }

  @Test
  void aLineWithoutCustomerIsKeyedByItsInvoice() throws IOException {
    Delivery delivery =
        replay(HEADING + "C1,POST,,-1,2010-12-01 08:26:00,-11062.06,,EIRE\n").get(0);
    JsonNode event = JSON.readTree(delivery.value());
    assertThat(event.get("anonymousId").textValue()).isEqualTo("C1");
    assertThat(event.has("userId")).isFalse();
    assertThat(event.at("/properties/customer_id").isNull()).isTrue();
    assertThat(event.at("/properties/description").isNull()).isTrue();
    assertThat(event.at("/properties/unit_price").doubleValue()).isEqualTo(-11062.06);
  }

  @Test
  void equalLinesStayDifferentFacts() throws IOException {
    assertThat(replay(HEADING + LINE + LINE))
        .extracting(delivery -> JSON.readTree(delivery.value()).get("messageId").textValue())
        .containsExactly("online-retail/2010-12-01/2", "online-retail/2010-12-01/3");
  }

  @Test
  void quotesCommasLineEndsAndSpacesAreKept() throws IOException {
    String text = "\" BOX \"\"LOVE\"\", RED\nAND £ \"";
    List<Delivery> deliveries =
        replay(HEADING + LINE.replace("WHITE HOLDER", text).replace("\n", "\r\n") + LINE);
    JsonNode first = JSON.readTree(deliveries.get(0).value()).get("properties");
    assertThat(first.get("description").textValue().replace("\r", ""))
        .isEqualTo(" BOX \"LOVE\", RED\nAND £ ");
    assertThat(first.get("country").textValue()).isEqualTo("United Kingdom");
    assertThat(JSON.readTree(deliveries.get(1).value()).at("/properties/line_no").intValue())
        .isEqualTo(4);
  }

  @Test
  void whatIsNoInvoiceLineIsHandedOnAsItsRawBytes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<byte[]> bad =
        List.of(
            "536365,only,three".getBytes(StandardCharsets.UTF_8),
            LINE.strip().replace(",6,", ",six,").getBytes(StandardCharsets.UTF_8),
            LINE.strip().replace("2010-12-01", "2010-13-01").getBytes(StandardCharsets.UTF_8),
            LINE.strip().replace("17850.0", "17850.5").getBytes(StandardCharsets.UTF_8),
            LINE.strip().replace("WHITE", "WHIT\u00c9").getBytes(StandardCharsets.ISO_8859_1),
            LINE.strip().replace("WHITE", "\"WHITE").getBytes(StandardCharsets.UTF_8));
    file.write(HEADING.getBytes(StandardCharsets.UTF_8));
    for (byte[] line : bad) {
      file.write(line);
      file.write('\n');
    }
    file.write(LINE.repeat(30).getBytes(StandardCharsets.UTF_8));
    Files.write(directory.resolve("2010-12-01.csv"), file.toByteArray());
    List<Delivery> deliveries = all(RetailReplay.of(directory));
    assertThat(deliveries).hasSize(bad.size() + 30);
    for (int i = 0; i < bad.size(); i++) {
      assertThat(deliveries.get(i).kind()).isEqualTo(Kind.BROKEN);
      assertThat(deliveries.get(i).value()).isEqualTo(bad.get(i));
    }
    assertThat(deliveries.subList(bad.size(), deliveries.size()))
        .allMatch(delivery -> delivery.kind() == Kind.ORIGINAL);
  }

  @Test
  void aFolderWithoutSuchFilesIsRefusedByName() throws IOException {
    assertThatThrownBy(() -> RetailReplay.of(directory)).hasMessageContaining(directory.toString());
    Files.writeString(directory.resolve("other.csv"), "a,b\n1,2\n");
    RetailReplay replay = RetailReplay.of(directory);
    assertThatThrownBy(replay::hasNext)
        .hasMessageContaining("other.csv")
        .hasMessageContaining("a,b");
  }

  @Test
  void everyLineOfTheWholesalersInvoicesIsAValidEvent() throws IOException {
    Path data = Path.of(System.getProperty("tributary.data", ""), "retail", "online-retail");
    Assumptions.assumeTrue(Files.isDirectory(data), "skipped: there is no " + data);
    Path schemas = Path.of("../lakehouse-schemas/src/main/resources/schemas");
    SchemaKey key = SchemaKey.parse("iglu:dev.tributary.shop/invoice_line/jsonschema/1-0-0");
    JsonValidator validator =
        JsonValidator.compile(SchemaRegistry.load(schemas).registry().find(key).orElseThrow());
    RetailReplay replay = RetailReplay.of(data);
    Set<String> ids = new HashSet<>();
    long withoutCustomer = 0;
    while (replay.hasNext()) {
      JsonNode event = JSON.readTree(replay.next().value());
      assertThat(validator.validate(event.get("properties"))).isEmpty();
      ids.add(event.get("messageId").textValue());
      withoutCustomer += event.has("anonymousId") ? 1 : 0;
    }
    assertThat(replay.malformed()).isZero();
    assertThat(replay.lines()).isEqualTo(newlines(data) - replay.fileCount());
    assertThat((long) ids.size()).isEqualTo(replay.lines());
    assertThat(withoutCustomer / (double) replay.lines()).isBetween(0.2, 0.3);
  }

  private static long newlines(Path data) throws IOException {
    long lines = 0;
    try (var files = Files.newDirectoryStream(data, "*.csv")) {
      for (Path file : files) {
        for (byte b : Files.readAllBytes(file)) {
          lines += b == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  private List<Delivery> replay(String content) throws IOException {
    Files.writeString(directory.resolve("2010-12-01.csv"), content);
    return all(RetailReplay.of(directory));
  }

  private static List<Delivery> all(RetailReplay replay) {
    List<Delivery> deliveries = new ArrayList<>();
    replay.forEachRemaining(deliveries::add);
    return deliveries;
  }
}
