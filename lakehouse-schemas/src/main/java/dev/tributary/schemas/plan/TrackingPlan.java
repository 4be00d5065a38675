package dev.tributary.schemas.plan;

import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.types.SnakeCase;
import dev.tributary.schemas.yaml.YamlException;
import dev.tributary.schemas.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which schema an event is held to that names none itself, by its type and name.
 *
 * <pre>{@code
 * vendor: com.shop            # its tables carry no vendor prefix
 * unknown_events: reject      # the only rule there is, and the default
 * events:
 *   - event: Order Completed  # of type track
 *     schema: iglu:com.shop/order_completed/jsonschema/1      # the newest version of model 1
 *   - type: page
 *     event: Checkout
 *     schema: iglu:com.shop/checkout_viewed/jsonschema/1-0-2  # this version
 *   - type: page              # every other page call
 *     schema: iglu:com.shop/page_viewed/jsonschema/1
 * }</pre>
 *
 * <p>A name matches as it is written, or else in {@link SnakeCase}: {@code Order Completed}, {@code
 * order_completed} and {@code orderCompleted} are one event. Immutable and thread-safe.
 */
public final class TrackingPlan {
  private static final Set<String> TYPES =
      Set.of("track", "page", "screen", "identify", "group", "alias");
  private static final String TRACK = "track";

  private final String vendor;
  private final TableNames tables;
  private final Map<String, Rules> rules = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private TrackingPlan(String vendor) {
    this.vendor = vendor;
    this.tables = new TableNames(vendor);
  }

  /** What the plan says of one type of call. */
  private static final class Rules {
    final Map<String, SchemaTarget> exact = new HashMap<>();
    final Map<String, SchemaTarget> normal = new HashMap<>();
    SchemaTarget otherwise;
  }

  private record Entry(YamlNode place, SchemaTarget target) {}

  /** A plan without events: every event has to name its schema. */
  public static TrackingPlan empty(String vendor) {
    return new TrackingPlan(vendor);
  }

  /**
   * Reads a plan.
   *
   * @throws YamlException with file, place and fix
   */
  public static TrackingPlan load(Path file) {
    return read(YamlNode.read(file));
  }

  static TrackingPlan read(YamlNode document) {
    document.allow("vendor", "unknown_events", "events");
    TrackingPlan plan = new TrackingPlan(document.text("vendor"));
    String unknown = document.optionalText("unknown_events").orElse("reject");
    if (!unknown.equals("reject")) {
      throw document
          .at("unknown_events")
          .problem("'" + unknown + "' is no rule", "write reject, or leave it out");
    }
    document.list("events").forEach(plan::add);
    return plan;
  }

  private void add(YamlNode entry) {
    entry.allow("type", "event", "schema");
    String type = entry.optionalText("type").orElse(TRACK);
    if (!TYPES.contains(type)) {
      throw entry
          .at("type")
          .problem("unknown type '" + type + "'", "use one of " + TYPES.stream().sorted().toList());
    }
    SchemaTarget target = target(entry);
    Rules ofType = rules.computeIfAbsent(type, key -> new Rules());
    Optional<String> event = entry.optionalText("event");
    if (event.isPresent()) {
      addNamed(entry, ofType, event.get(), target);
    } else {
      addOtherwise(entry, ofType, type, target);
    }
    entries.add(new Entry(entry.at("schema"), target));
  }

  private static SchemaTarget target(YamlNode entry) {
    try {
      return SchemaTarget.parse(entry.text("schema"));
    } catch (IllegalArgumentException malformed) {
      throw entry
          .at("schema")
          .problem(malformed.getMessage(), "write iglu:vendor/name/jsonschema/1 or /1-0-2");
    }
  }

  private static void addNamed(YamlNode entry, Rules rules, String event, SchemaTarget target) {
    if (rules.exact.putIfAbsent(event, target) != null) {
      throw entry.at("event").problem("'" + event + "' is there twice", "keep one of the entries");
    }
    SchemaTarget alike = rules.normal.putIfAbsent(SnakeCase.of(event), target);
    if (alike != null && !alike.equals(target)) {
      throw entry
          .at("event")
          .problem(
              "'%s' is spelt like another event that has schema %s".formatted(event, alike),
              "give both the same schema, or one of them another name");
    }
  }

  private static void addOtherwise(YamlNode entry, Rules rules, String type, SchemaTarget target) {
    if (type.equals(TRACK)) {
      throw entry
          .at("event")
          .problem("is missing", "name the event: track calls of all names have no one schema");
    }
    if (rules.otherwise != null) {
      throw entry.problem(
          "a second entry for all calls of type " + type, "keep one, or name the event");
    }
    rules.otherwise = target;
  }

  /** The owner's vendor. */
  public String vendor() {
    return vendor;
  }

  /**
   * The schema for an event that names none.
   *
   * @param event its name; may be null, as for identify calls
   * @return empty for an event that is not in the plan, which is to be rejected
   */
  public Optional<SchemaTarget> resolve(String type, String event) {
    Rules ofType = rules.get(type);
    if (ofType == null) {
      return Optional.empty();
    }
    if (event != null) {
      SchemaTarget exact = ofType.exact.get(event);
      if (exact != null) {
        return Optional.of(exact);
      }
      SchemaTarget normal = ofType.normal.get(SnakeCase.of(event));
      if (normal != null) {
        return Optional.of(normal);
      }
    }
    return Optional.ofNullable(ofType.otherwise);
  }

  /** All schemas the plan names, in the order of the file. */
  public List<SchemaTarget> targets() {
    return entries.stream().map(Entry::target).distinct().toList();
  }

  /**
   * Checks the plan against a registry.
   *
   * @throws YamlException naming the first entry whose schema is absent
   * @throws IllegalArgumentException when two schemas would share a table
   */
  public void verify(SchemaRegistry registry) {
    for (Entry entry : entries) {
      if (entry.target.in(registry).isEmpty()) {
        throw entry.place.problem(
            "the registry has no " + entry.target, "add that schema, or correct the name");
      }
    }
    tables.requireDistinct(registry);
  }

  /**
   * The table in {@code silver} for events of a schema's model, e.g. {@code order_completed_v1}, or
   * {@code com_acme__order_completed_v1} for another vendor's. A schema called activity, or with a
   * name that ends like a table's ({@code order_v1}), gets {@code _event} behind its name.
   */
  public String tableName(SchemaKey key) {
    return tables.table(key.vendor(), key.name(), key.version().model());
  }

  /** The table in {@code silver} for events of this target. */
  public String tableName(SchemaTarget target) {
    return tables.table(target.vendor(), target.name(), target.model());
  }

  /** The view in {@code silver} over the tables of all models, e.g. {@code order_completed}. */
  public String viewName(SchemaKey key) {
    return tables.view(key.vendor(), key.name());
  }
}
