package dev.tributary.schemas.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingPlanTest {
  private static final String PLAN =
      """
      vendor: com.shop
      unknown_events: reject
      events:
        - event: Order Completed
          schema: iglu:com.shop/order_completed/jsonschema/1
        - type: page
          event: Checkout
          schema: iglu:com.shop/checkout_viewed/jsonschema/1-0-2
        - type: page
          schema: iglu:com.shop/page_viewed/jsonschema/1
        - type: identify
          schema: iglu:com.shop/identify/jsonschema/2
      """;

  @TempDir Path folder;

  @Test
  void resolvesANameAsWrittenAndInItsOtherSpellings() throws IOException {
    TrackingPlan plan = load(PLAN);
    for (String name : new String[] {"Order Completed", "order_completed", "orderCompleted"}) {
      SchemaTarget target = plan.resolve("track", name).orElseThrow();
      assertThat(target).hasToString("iglu:com.shop/order_completed/jsonschema/1");
    }
    assertThat(plan.resolve("track", "Order Cancelled")).isEmpty();
    assertThat(plan.resolve("track", null)).isEmpty();
    assertThat(plan.resolve("screen", "Order Completed")).isEmpty();
    assertThat(plan.resolve("no such type", "Order Completed")).isEmpty();
  }

  @Test
  void fallsBackToTheEntryForAllCallsOfAType() throws IOException {
    TrackingPlan plan = load(PLAN);
    assertThat(plan.resolve("page", "checkout").orElseThrow().version()).isPresent();
    assertThat(plan.resolve("page", "Home").orElseThrow().name()).isEqualTo("page_viewed");
    assertThat(plan.resolve("identify", null).orElseThrow().model()).isEqualTo(2);
  }

  @Test
  void aModelMeansItsNewestVersion() throws IOException {
    SchemaRegistry registry =
        registry(
            "com.shop/order_completed/jsonschema/1-0-0",
            "com.shop/order_completed/jsonschema/1-0-1");
    SchemaTarget target = load(PLAN).resolve("track", "Order Completed").orElseThrow();
    assertThat(target.in(registry).orElseThrow().key().version()).hasToString("1-0-1");
  }

  @Test
  void namesTablesByVendorNameAndModel() throws IOException {
    TrackingPlan plan = load(PLAN);
    assertThat(plan.tableName(key("com.shop/orderCompleted/jsonschema/2-1-0")))
        .isEqualTo("order_completed_v2");
    assertThat(plan.tableName(key("com.acme.web/order_completed/jsonschema/1-0-0")))
        .isEqualTo("com_acme_web__order_completed_v1");
    assertThat(plan.viewName(key("com.shop/activity/jsonschema/1-0-0")))
        .isEqualTo("activity_event");
    assertThat(plan.viewName(key("com.shop/order_v1/jsonschema/1-0-0")))
        .isEqualTo("order_v1_event");
  }

  @Test
  void namesTheAbsentSchema() throws IOException {
    TrackingPlan plan = load(PLAN);
    SchemaRegistry registry = registry("com.shop/order_completed/jsonschema/1-0-0");
    assertThatThrownBy(() -> plan.verify(registry))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("plan.yaml")
        .hasMessageContaining("events[1].schema")
        .hasMessageContaining("iglu:com.shop/checkout_viewed/jsonschema/1-0-2")
        .hasMessageContaining("add that schema");
  }

  @Test
  void refusesTwoSchemasOnOneTable() {
    SchemaRegistry registry =
        registry(
            "com.shop/orderCompleted/jsonschema/1-0-0",
            "com.shop/order_completed/jsonschema/1-0-0");
    assertThatThrownBy(() -> TrackingPlan.empty("com.shop").verify(registry))
        .hasMessageContaining("would share the table silver.order_completed");
  }

  @Test
  void refusesMistakesWithPlaceAndFix() {
    refused(PLAN.replace("vendor: com.shop", "vendors: com.shop"), "vendors", "use one of");
    refused(PLAN.replace("reject", "accept"), "unknown_events", "write reject");
    refused(PLAN.replace("type: identify", "type: identity"), "events[3].type", "identify");
    refused(PLAN.replace("jsonschema/2", "jsonschema/2-0"), "events[3].schema", "jsonschema/1");
    refused(PLAN.replace("event: Checkout", "event: [}"), "line 7", "correct the YAML");
    refused(PLAN.replace("type: identify", "type: page"), "events[3]", "keep one");
    refused(PLAN.replace("type: identify", "type: track"), "events[3].event", "name the event");
    refused(
        PLAN.replace("type: identify", "event: order_completed"), "events[3].event", "same schema");
    refused(
        PLAN.replace("type: identify", "event: Order Completed"), "events[3].event", "keep one");
  }

  private void refused(String yaml, String place, String fix) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("plan.yaml")
        .hasMessageContaining(place)
        .hasMessageContaining(fix);
  }

  private TrackingPlan load(String yaml) throws IOException {
    return TrackingPlan.load(Files.writeString(folder.resolve("plan.yaml"), yaml));
  }

  private static SchemaKey key(String path) {
    return SchemaKey.parse(path);
  }

  private static SchemaRegistry registry(String... keys) {
    return SchemaRegistry.of(
        Stream.of(keys)
            .map(
                key ->
                    new EventSchema(key(key), JsonNodeFactory.instance.objectNode(), Path.of(key)))
            .toList());
  }
}
