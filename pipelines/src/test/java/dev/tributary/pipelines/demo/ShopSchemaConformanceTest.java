package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.demo.Delivery.Kind;
import dev.tributary.schemas.plan.SchemaTarget;
import dev.tributary.schemas.plan.TrackingPlan;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.validation.JsonValidator;
import dev.tributary.schemas.validation.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds every delivery of a shop against the shipped schemas, by the plan, as landing does. */
class ShopSchemaConformanceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMAS = Path.of("../lakehouse-schemas/src/main/resources");
  private static final Set<String> TYPES =
      Set.of("track", "page", "screen", "identify", "group", "alias");

  private final SchemaRegistry registry =
      SchemaRegistry.load(SCHEMAS.resolve("schemas")).registry();
  private final TrackingPlan plan = TrackingPlan.load(SCHEMAS.resolve("plans/shop.yaml"));
  private final Map<SchemaKey, JsonValidator> validators = new HashMap<>();
  private final Set<String> schemas = new TreeSet<>();

  @Test
  void everyValidEventIsValidAndEveryBrokenOneIsNot() throws IOException {
    Shop shop = new Shop(ShopConfig.ofSize(11, 60_000));
    EnumSet<BrokenKind> seen = EnumSet.noneOf(BrokenKind.class);
    while (shop.hasNext()) {
      Delivery delivery = shop.next();
      Optional<String> problem = problem(delivery);
      if (delivery.kind() == Kind.BROKEN) {
        assertThat(problem).describedAs(delivery.label()).isPresent();
        seen.add(BrokenKind.valueOf(delivery.label()));
      } else {
        assertThat(problem).describedAs(text(delivery)).isEmpty();
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(BrokenKind.values());
    assertThat(schemas).hasSize(15);
  }

  private Optional<String> problem(Delivery delivery) throws IOException {
    if (delivery.value() == null) {
      return Optional.of("no value");
    }
    JsonNode event = parse(delivery.value());
    if (event == null || !event.isObject()) {
      return Optional.of("not a JSON object");
    }
    String ceType = delivery.headers().get("ce_type");
    if (ceType != null) {
      return check(plan.resolve("track", ceType).flatMap(t -> t.in(registry)), event);
    }
    if (event.has("specversion")) {
      return check(named(event.get("dataschema").textValue()), event.get("data"));
    }
    return segmentProblem(event);
  }

  private Optional<String> segmentProblem(JsonNode event) {
    String type = event.get("type").textValue();
    if (!TYPES.contains(type)) {
      return Optional.of("unknown type");
    }
    assertThat(event.hasNonNull("anonymousId") || event.hasNonNull("userId")).isTrue();
    JsonNode named = event.at("/context/protocols/schema");
    Optional<SchemaTarget> planned = plan.resolve(type, event.path("event").textValue());
    Optional<EventSchema> schema =
        named.isTextual() ? named(named.textValue()) : planned.flatMap(t -> t.in(registry));
    JsonNode data = event.has("traits") ? event.get("traits") : event.path("properties");
    return check(schema, data.isMissingNode() ? JSON.createObjectNode() : data);
  }

  private Optional<EventSchema> named(String uri) {
    return registry.find(SchemaKey.parse(uri));
  }

  private Optional<String> check(Optional<EventSchema> schema, JsonNode data) {
    if (schema.isEmpty()) {
      return Optional.of("no schema");
    }
    SchemaKey key = schema.get().key();
    schemas.add(key.toString());
    return validators
        .computeIfAbsent(key, any -> JsonValidator.compile(schema.get()))
        .validate(data)
        .map(Violation::toString);
  }

  private static JsonNode parse(byte[] value) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return JSON.readTree(text);
    } catch (CharacterCodingException | JsonProcessingException e) {
      return null;
    }
  }

  private static String text(Delivery delivery) {
    return new String(delivery.value(), StandardCharsets.UTF_8);
  }
}
