package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of schemas that come, break and go while a stream runs. */
class EvolutionTest {
  private static final String TOPIC = "evolving";

  @TempDir Path directory;
  private StreamLab lab;
  private Path lake;
  private int next;

  @BeforeEach
  void start() throws Exception {
    lab = StreamLab.in(directory);
    lab.topic(TOPIC, 1);
    lake = lab.lake("lake");
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private void send(int count, String name, String properties, String orderVersion) {
    Stream<String> events =
        IntStream.range(next, next + count)
            .mapToObj(n -> TroubledEvents.event(n, name, properties, orderVersion));
    next += count;
    lab.send(TOPIC, 0, events);
  }

  @Test
  void aVersionPlacedWhileTheStreamRunsTakesEffectAndBreaksNothing() throws Exception {
    StreamLab.Continuous stream = lab.continuous(lake, lab.servers(), TOPIC);
    send(20, "Order", "{\"total\": 1.5, \"lines\": [{\"sku\": \"a\"}]}", "1-0-0");
    stream.awaitRows("silver/order_v1", "true", 20);

    send(5, "Order", "{\"coupon\": \"early\"}", "1-0-1");
    stream.awaitRows("bronze/rejected", "reason = 'unknown_schema'", 5);
    lab.lab().addOrderVersion();
    send(
        10, "Order", "{\"coupon\": \"C\", \"lines\": [{\"sku\": \"b\", \"gift\": true}]}", "1-0-1");
    stream.awaitRows("silver/order_v1", "coupon = 'C' AND lines[0].gift", 10);
    assertThat(lab.rows(lake).count("silver/order_v1", "coupon IS NULL AND total = 1.5"))
        .isEqualTo(20);
    assertThat(
            lab.rows(lake).count("silver/order_v1", "lines[0].sku = 'a' AND lines[0].gift IS NULL"))
        .isEqualTo(20);

    lab.lab()
        .schema(
            "order",
            "2-0-0",
            "\"total\": {\"type\": \"string\"}, \"vat\": {\"type\": \"integer\"}");
    send(7, "Order", "{\"total\": \"ten\", \"vat\": 19}", "2-0-0");
    stream.awaitRows("silver/order_v2", "vat = 19", 7);
    Row all =
        lab.spark()
            .sql("SELECT count(*), count(coupon), count(vat), count(total) FROM silver.order")
            .first();
    assertThat(all.toString()).isEqualTo("[37,10,7,27]");

    breakSchemasAndPlan();
    send(6, "Signup", "{\"plan\": \"x\"}", null);
    send(8, "View", "{\"page\": \"/still\"}", null);
    stream.awaitRows("silver/signup_v1", "schema_version = '1-0-0'", 6);
    stream.awaitRows("silver/view_v1", "page = '/still'", 8);

    Map<String, Object> result = stream.end();
    assertThat(number(result, "events")).isEqualTo(56);
    assertThat(number(result, "rejected")).isEqualTo(5);
    lab.rows(lake).assertEachRowOnce();
  }

  /** A new version that is no JSON, one in force overwritten, and a plan that is no YAML. */
  private void breakSchemasAndPlan() throws IOException {
    Path registry = lab.lab().registry().resolve("test.lab");
    Files.writeString(registry.resolve("signup/jsonschema/1-0-1"), "{\"type\": ");
    Files.writeString(registry.resolve("view/jsonschema/1-0-0"), "{\"type\": ");
    Files.writeString(lab.lab().plan(), "events: [");
  }

  @Test
  void whatCannotBeUsedIsRefusedAtTheStartWithFilePlaceAndFix() throws Exception {
    Path broken = lab.lab().registry().resolve("test.lab/view/jsonschema/1-0-1");
    Files.writeString(broken, "{\"type\": ");
    assertThatThrownBy(() -> lab.land(lake, TOPIC))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(broken.toString());
    Files.delete(broken);
    // The label of an addition on a change that takes a type away.
    lab.lab().schema("view", "1-0-1", "\"page\": {\"type\": \"integer\"}");
    assertThatThrownBy(() -> lab.land(lake, TOPIC))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("view/jsonschema/1-0-1")
        .hasMessageContaining("/properties/page")
        .hasMessageContaining("1-1-0");
    Files.delete(broken);
    Files.writeString(lab.lab().plan(), "vendor: test.lab\nevents:\n  - event: X\n    schema: 7\n");
    assertThatThrownBy(() -> lab.land(lake, TOPIC))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("plan.yaml")
        .hasMessageContaining("events[0].schema");
    assertThat(lake.resolve("silver")).doesNotExist();
  }
}
