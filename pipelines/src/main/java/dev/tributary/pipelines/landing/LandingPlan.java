package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.plan.TrackingPlan;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.registry.SchemaVersion;
import dev.tributary.schemas.types.Decoder;
import dev.tributary.schemas.types.ModelSchema;
import dev.tributary.schemas.validation.JsonValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registry and the tracking plan compiled for landing: from what an event says of itself to the
 * schema it is held against and the table it goes to. Safe for many threads; compiled once a
 * process for each state of the registry.
 */
final class LandingPlan {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, LandingPlan> COMPILED = new ConcurrentHashMap<>();
  private static final int MOST_COMPILED = 8;

  /** Pages bring their titles as names, without end. */
  private static final int MOST_NAMES = 10_000;

  private final SchemaRegistry registry;
  private final TrackingPlan plan;
  private final Map<SchemaKey, Target> bySchema = new ConcurrentHashMap<>();
  private final Map<String, TypedTable> tables = new ConcurrentHashMap<>();
  private final Map<String, ModelSchema> models = new ConcurrentHashMap<>();
  private final Map<String, Target> byName = new ConcurrentHashMap<>();

  /** Where an event goes. */
  record Target(
      String schemaUri,
      String version,
      JsonValidator validator,
      Decoder decoder,
      TypedTable table,
      String groupProperty,
      String previousProperty) {

    /**
     * The properties to validate. The ids of a group or alias call stand beside its properties in
     * the wire form; where the schema has a property for them, they are given there too.
     */
    ObjectNode data(Envelope e) {
      ObjectNode data = e.data;
      data = with(data, groupProperty, e.groupId);
      data = with(data, previousProperty, e.previousId);
      return data == null ? JsonNodeFactory.instance.objectNode() : data;
    }

    private static ObjectNode with(ObjectNode data, String property, String value) {
      if (property == null || value == null || data != null && data.has(property)) {
        return data;
      }
      ObjectNode result = data == null ? JsonNodeFactory.instance.objectNode() : data;
      return result.put(property, value);
    }
  }

  private LandingPlan(SchemaRegistry registry, TrackingPlan plan) {
    this.registry = registry;
    this.plan = plan;
  }

  /** The compiled form, from this process's cache where it is there. */
  static LandingPlan of(PlanDocuments documents) {
    if (COMPILED.size() > MOST_COMPILED) {
      COMPILED.clear();
    }
    return COMPILED.computeIfAbsent(documents.fingerprint(), f -> compile(documents));
  }

  private static LandingPlan compile(PlanDocuments documents) {
    List<EventSchema> schemas = new ArrayList<>();
    documents
        .schemas()
        .forEach(
            (uri, text) -> {
              try {
                schemas.add(
                    new EventSchema(SchemaKey.parse(uri), JSON.readTree(text), Path.of(uri)));
              } catch (JsonProcessingException e) {
                throw new IllegalStateException("the registry holds what is not JSON: " + uri, e);
              }
            });
    SchemaRegistry registry = SchemaRegistry.of(schemas);
    return new LandingPlan(registry, TrackingPlan.parse("tracking plan", documents.trackingPlan()));
  }

  /** The layout of a table that this plan writes, by its full name. */
  Optional<TableLayout> layout(String table) {
    for (TableLayout fixed : FixedTables.ALL) {
      if (fixed.name().equals(table)) {
        return Optional.of(fixed);
      }
    }
    return registry.all().stream()
        .filter(schema -> ("silver." + plan.tableName(schema.key())).equals(table))
        .findFirst()
        .map(schema -> table(schema.key()).layout());
  }

  private TypedTable table(SchemaKey key) {
    String shortName = plan.tableName(key);
    return tables.computeIfAbsent(shortName, n -> new TypedTable(n, model(key).columns()));
  }

  private ModelSchema model(SchemaKey key) {
    return models.computeIfAbsent(
        plan.tableName(key),
        n -> ModelSchema.of(registry.versions(key.vendor(), key.name(), key.version().model())));
  }

  /**
   * The schema and table of an event: the one it names, else the tracking plan's.
   *
   * @throws RejectedEvent when there is none
   */
  Target target(Envelope e) throws RejectedEvent {
    if (e.schemaUri != null) {
      return named(e);
    }
    String name = e.event == null ? e.type : e.type + "\n" + e.event;
    Target known = byName.get(name);
    if (known != null) {
      return known;
    }
    EventSchema schema =
        plan.resolve(e.type, e.event)
            .flatMap(target -> target.in(registry))
            .orElseThrow(() -> unknownEvent(e));
    Target target = bySchema.computeIfAbsent(schema.key(), key -> build(schema));
    if (byName.size() >= MOST_NAMES) {
      byName.clear();
    }
    byName.put(name, target);
    return target;
  }

  private Target named(Envelope e) throws RejectedEvent {
    SchemaKey key;
    try {
      key = SchemaKey.parse(e.schemaUri);
    } catch (IllegalArgumentException notAKey) {
      throw new RejectedEvent(
          RejectReason.UNKNOWN_SCHEMA, "/context/protocols/schema", notAKey.getMessage());
    }
    Target known = bySchema.get(key);
    if (known != null) {
      return known;
    }
    EventSchema schema = registry.find(key).orElseThrow(() -> unknownSchema(key));
    return bySchema.computeIfAbsent(key, k -> build(schema));
  }

  private Target build(EventSchema schema) {
    SchemaKey key = schema.key();
    SchemaVersion version = key.version();
    return new Target(
        key.uri(),
        version.toString(),
        JsonValidator.compile(schema),
        model(key).decoder(version),
        table(key),
        property(schema, "group_id", "groupId"),
        property(schema, "previous_id", "previousId"));
  }

  private static String property(EventSchema schema, String... spellings) {
    for (String spelling : spellings) {
      if (schema.document().path("properties").has(spelling)) {
        return spelling;
      }
    }
    return null;
  }

  /** Where the properties stand in the event, for pointers. */
  static String dataPointer(Envelope e) {
    return e.type.equals("identify") || e.type.equals("group") ? "/traits" : "/properties";
  }

  private static RejectedEvent unknownEvent(Envelope e) {
    return new RejectedEvent(
        RejectReason.UNKNOWN_EVENT,
        e.event == null ? "/type" : "/event",
        "the tracking plan has no schema for "
            + e.type
            + (e.event == null ? "" : " '" + e.event + "'")
            + "; add it to the plan, or name the schema in context.protocols.schema");
  }

  private static RejectedEvent unknownSchema(SchemaKey key) {
    return new RejectedEvent(
            RejectReason.UNKNOWN_SCHEMA,
            "/context/protocols/schema",
            "the registry does not hold " + key.uri())
        .against(key.uri());
  }
}
