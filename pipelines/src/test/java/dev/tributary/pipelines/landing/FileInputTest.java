package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of files with dirt in them: every record is accounted for, at its place. */
class FileInputTest {
  private static final String ORDER =
      """
      {"total": {"type": "number"}, "note": {"type": "string"}, "day": {"type": "string"}}
      """;
  private static final String TILL =
      """
      source: till
      format: csv
      path: in
      envelope:
        event: "'Order Completed'"
        messageId: concat('till/', receipt)
        timestamp: to_timestamp(sold_at, 'dd.MM.yyyy HH:mm')
        userId: customer
      properties:
        "*": "*"
        total: CAST(total AS DOUBLE)
      context: {shop: shop}
      """;
  private static final String HEADING = "receipt,sold_at,customer,total,note,shop\n";

  @TempDir Path directory;
  private LandingLake lake;

  @BeforeEach
  void makeLake() throws IOException {
    lake = new LandingLake(directory).schema("order", ORDER).event("Order Completed", "order");
  }

  @Test
  void numbersTheLinesOfEachJsonLinesFileAndKeepsBrokenOnesAsTheyAre() throws Exception {
    Path in = lake.folder("in/sub").getParent();
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 3000; i++) {
      lines.append(i % 1000 == 7 ? "{\"broken\n" : wire("a" + i) + "\n");
    }
    write(in.resolve("a.jsonl"), lines.toString());
    write(in.resolve("sub/b.jsonl"), wire("b1") + "\r\n\r\n" + wire("b1") + "\r\n" + wire("b4"));
    try (OutputStream gz = new GZIPOutputStream(Files.newOutputStream(in.resolve("c.jsonl.gz")))) {
      gz.write((wire("c1") + "\n{\"x\": \"\ud83d\n").getBytes(StandardCharsets.UTF_8));
      gz.write(new byte[] {'{', (byte) 0xff, '}', '\n'});
    }

    Map<String, Object> result =
        lake.land("mapping=" + lake.mapping("lines", "{format: json-lines, path: in}"));

    assertThat(result)
        .containsEntry("events", 3007L)
        .containsEntry("accepted", 3000L)
        .containsEntry("duplicates", 1L)
        .containsEntry("rejected", 6L);
    assertThat(
            lake.rows(
                """
                SELECT substring_index(landed_from, '/', -1), landed_offset, reason, length(raw)
                FROM bronze.rejected ORDER BY 1, 2"""))
        .containsExactly(
            "[a.jsonl,7,malformed_json,8]",
            "[a.jsonl,1007,malformed_json,8]",
            "[a.jsonl,2007,malformed_json,8]",
            "[b.jsonl,2,empty,0]",
            "[c.jsonl.gz,2,malformed_json,8]",
            "[c.jsonl.gz,3,invalid_utf8,3]");
    assertThat(
            lake.rows(
                """
                SELECT count(*) FROM silver.activity
                WHERE landed_from LIKE 'file:/%a.jsonl' AND message_id != 'a' || landed_offset"""))
        .containsExactly("[0]");
    assertThat(lake.land("mapping=" + directory.resolve("lines.yaml")).get("records"))
        .as("a file is read once")
        .isEqualTo(0L);
    write(in.resolve("late.jsonl"), wire("late") + "\n" + wire("a1"));
    Files.setLastModifiedTime(
        in.resolve("late.jsonl"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    assertThat(lake.land("mapping=" + directory.resolve("lines.yaml"), "max-ahead=36500d"))
        .as("a new file lands, however old it is")
        .containsEntry("accepted", 2L);
  }

  @Test
  void landsACsvAndRefusesItsBadLinesWithNumberBytesAndReason() throws Exception {
    Path in = lake.folder("in");
    String multiline = "\"two\nlines, and \"\"quotes\"\"\"";
    write(
        in.resolve("a.csv"),
        "\ufeff"
            + HEADING
            + "r1,01.03.2024 10:00,u1,12.5,plain,s1\r\n"
            + "r2,01.03.2024 10:01,u2,n/a,a total that is no number,s1\n"
            + "r3,01.03.2024 10:02,u3,1\n"
            + "\n"
            + "r4,01.03.2024 10:03,,7,"
            + multiline
            + ",s1\n"
            + "r5,31.02.2024 10:04,u5,7,no such day,s1\n"
            + "r6,01.03.2024 10:05,u6,7,\"stray,s1\n"
            + "r1,01.03.2024 10:00,u1,12.5,again,s1\n"
            + "r7,01.03.2024 10:06,u7,\"\",empty total,s1\n"
            + "r8,01.03.2024 10:07,u8,,no total,s1,more\n");
    writeBytes(
        in.resolve("a.csv"), "r9,01.03.2024 10:08,u9,1,caf\u00e9,s1\n".getBytes("ISO-8859-1"));
    write(
        in.resolve("b.csv"),
        "shop,note,total,customer,sold_at,receipt\ns2,other order,3,u10,02.03.2024 00:00,r10\n");
    write(in.resolve("c.csv"), "receipt,total\nr11,5\n");
    write(in.resolve("d.csv"), HEADING.strip() + ",tip\nr12,02.03.2024 00:00,u12,1,x,s2,9\n");

    Map<String, Object> result = lake.land("mapping=" + lake.mapping("till", TILL));

    assertThat(
            lake.rows(
                """
                SELECT substring_index(landed_from, '/', -1), landed_offset, reason, detail
                FROM bronze.rejected ORDER BY 1, 2"""))
        .containsExactly(
            "[a.csv,3,malformed_row,the mapping fails on the row: properties.total: CAST(total AS"
                + " DOUBLE)]",
            "[a.csv,4,malformed_row,the line has 4 fields, not 6]",
            "[a.csv,8,malformed_row,the mapping fails on the row: timestamp: to_timestamp(sold_at,"
                + " 'dd.MM.yyyy HH:mm')]",
            "[a.csv,9,malformed_row,a quoted field is not closed]",
            "[a.csv,11,malformed_row,the mapping fails on the row: properties.total: CAST(total AS"
                + " DOUBLE)]",
            "[a.csv,12,malformed_row,the line has 7 fields, not 6]",
            "[a.csv,13,malformed_row,field 5 is not UTF-8]",
            "[c.csv,2,malformed_row,the header of its file has no column customer, note, shop,"
                + " sold_at]",
            "[d.csv,2,malformed_row,the header of its file has a column that the stream does not"
                + " know: tip]");
    assertThat(lake.rows("SELECT cast(raw AS STRING) FROM bronze.rejected WHERE landed_offset = 4"))
        .containsExactly("[r3,01.03.2024 10:02,u3,1]");
    assertThat(
            lake.rows(
                """
                SELECT message_id, event_time, user_id, source, total, note, context, landed_offset
                FROM silver.order_v1 ORDER BY 1"""))
        .containsExactly(
            "[till/r1,2024-03-01 10:00:00.0,u1,till,12.5,plain,{\"shop\":\"s1\"},2]",
            "[till/r10,2024-03-02 00:00:00.0,u10,till,3.0,other order,{\"shop\":\"s2\"},2]",
            "[till/r4,2024-03-01 10:03:00.0,null,till,7.0,two\nlines, and \"quotes\","
                + "{\"shop\":\"s1\"},6]");
    assertThat(result)
        .containsEntry("events", 13L)
        .containsEntry("duplicates", 1L)
        .containsEntry("accepted", 3L)
        .containsEntry("balanced", true);
  }

  @Test
  void landsJsonLinesThroughColumns() throws Exception {
    write(
        lake.folder("in").resolve("x.json"),
        """
        {"id": 1, "who": {"name": "ann"}, "at": "2024-03-01T10:00:00+02:00", "total": 3}
        {"id": 2, "who": {"name": "bob"}, "at": "2024-03-01T10:00:00Z", "total": "x"}
        [1, 2]

        {"id": 5, "unused": true}
        """);
    lake.land(
        "mapping="
            + lake.mapping(
                "crm",
                """
                format: json-lines
                path: in
                columns: [id BIGINT, "who STRUCT<name: STRING>", at TIMESTAMP, total DOUBLE]
                envelope:
                  event: "'Order Completed'"
                  messageId: id
                  userId: who.name
                  timestamp: at
                properties: {total: total}
                """));
    assertThat(
            lake.rows(
                "SELECT message_id, user_id, event_time, total FROM silver.order_v1 WHERE user_id IS"
                    + " NOT NULL"))
        .containsExactly("[1,ann,2024-03-01 08:00:00.0,3.0]");
    assertThat(
            lake.rows("SELECT landed_offset, cast(raw AS STRING) FROM bronze.rejected ORDER BY 1"))
        .containsExactly(
            "[2,{\"id\": 2, \"who\": {\"name\": \"bob\"}, \"at\": \"2024-03-01T10:00:00Z\","
                + " \"total\": \"x\"}]",
            "[3,[1, 2]]",
            "[4,]");
  }

  @Test
  void landsParquetInItsOrderWithTypesAsTheyAre() throws Exception {
    lake.fixture()
        .sql(
            """
            SELECT 'p' || id AS key, CAST(id AS DECIMAL(10,2)) AS total, DATE'2024-03-01' AS day,
                   timestamp'2024-03-01 00:00:00.123456' AS at,
                   CASE WHEN id = 3 THEN 'zero' ELSE '1' END AS divisor
            FROM range(0, 5000, 1, 3)""")
        .write()
        .option("parquet.block.size", 4096)
        .parquet(lake.folder("files").resolve("in").toString());
    Map<String, Object> result =
        lake.land(
            "mapping="
                + lake.mapping(
                    "files/p",
                    """
                    format: parquet
                    path: in
                    envelope: {event: "'Order Completed'", messageId: key, timestamp: at}
                    properties: {total: total / CAST(divisor AS INT), day: day}
                    """));
    assertThat(result).containsEntry("accepted", 4999L).containsEntry("rejected", 1L);
    assertThat(
            lake.rows(
                """
                SELECT message_id, event_time, total, day FROM silver.order_v1
                WHERE message_id = 'p4999'"""))
        .containsExactly("[p4999,2024-03-01 00:00:00.123456,4999.0,2024-03-01]");
    assertThat(lake.rows("SELECT cast(raw AS STRING) FROM bronze.rejected"))
        .singleElement()
        .asString()
        .contains("\"key\":\"p3\"", "\"divisor\":\"zero\"");
    assertThat(
            lake.rows(
                """
                SELECT count(*), sum(ordered) FROM (
                  SELECT CAST(substr(message_id, 2) AS INT) - landed_offset
                    = lag(CAST(substr(message_id, 2) AS INT) - landed_offset)
                      OVER (PARTITION BY landed_from ORDER BY landed_offset) same,
                  CASE WHEN landed_offset >= 1 THEN 1 ELSE 0 END ordered FROM silver.order_v1)
                WHERE NOT same"""))
        .containsExactly("[0,null]");
  }

  private static String wire(String id) {
    return "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\""
        + id
        + "\",\"timestamp\":\"2024-03-01T10:00:00Z\",\"properties\":{\"total\":1}}";
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static void writeBytes(Path file, byte[] more) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Files.readAllBytes(file));
    all.writeBytes(more);
    Files.write(file, all.toByteArray());
  }
}
