package dev.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.schemas.plan.TrackingPlan;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.LoadReport;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.types.Column;
import dev.tributary.schemas.types.ColumnType;
import dev.tributary.schemas.types.ModelSchema;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The schemas and the plan that the module ships for the demo's shop. */
class ShopSchemasTest {

  private static final String VENDOR = "dev.tributary.shop";

  private final LoadReport report = SchemaRegistry.load(resource("/schemas"));
  private final SchemaRegistry registry = report.registry();

  @Test
  void areAllAcceptedByTheRegistry() {
    assertThat(report.refusals()).isEmpty();
    assertThat(registry.all())
        .extracting(EventSchema::key)
        .filteredOn(key -> key.vendor().equals(VENDOR))
        .hasSize(16);
  }

  @Test
  void thePlanNamesEveryOneOfThem() {
    TrackingPlan plan = TrackingPlan.load(resource("/plans/shop.yaml"));
    plan.verify(registry);
    assertThat(plan.targets()).hasSize(15);
    assertThat(plan.resolve("track", "Order Completed").orElseThrow().in(registry).orElseThrow())
        .extracting(schema -> schema.key().version().toString())
        .isEqualTo("1-0-1");
  }

  @Test
  void amountsBecomeDecimalsAndTagsComeAlong() {
    Map<String, Column> columns = columns("order_completed");
    assertThat(columns.get("total").type()).isInstanceOf(ColumnType.Decimal.class);
    assertThat(columns.get("products").type()).isInstanceOf(ColumnType.Array.class);
    assertThat(columns.get("card_token").tags()).containsExactly("pii.payment");
    assertThat(columns).containsKey("shipping_method");
    assertThat(columns("identified").get("email").tags()).containsExactly("pii.email");
    assertThat(columns("invoice_line").get("unit_price").type())
        .isInstanceOf(ColumnType.Decimal.class);
  }

  private Map<String, Column> columns(String name) {
    List<EventSchema> versions = registry.versions(VENDOR, name, 1);
    return ModelSchema.of(versions).columns().stream()
        .collect(Collectors.toMap(Column::name, Function.identity()));
  }

  private static Path resource(String name) {
    try {
      return Path.of(ShopSchemasTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name + " is no path", e);
    }
  }
}
