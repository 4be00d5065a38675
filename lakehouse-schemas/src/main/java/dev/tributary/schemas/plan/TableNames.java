package dev.tributary.schemas.plan;

import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.types.SnakeCase;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of tables and views in {@code silver} from schema keys. */
final class TableNames {
  /** Bases that would give the view the name of another table. */
  private static final Pattern AMBIGUOUS = Pattern.compile("activity|.*_v\\d+");

  private final String vendor;

  TableNames(String vendor) {
    this.vendor = vendor;
  }

  String table(String ofVendor, String name, int model) {
    return view(ofVendor, name) + "_v" + model;
  }

  String view(String ofVendor, String name) {
    String base = SnakeCase.of(name);
    String distinct = AMBIGUOUS.matcher(base).matches() ? base + "_event" : base;
    return ofVendor.equals(vendor) ? distinct : SnakeCase.of(ofVendor) + "__" + distinct;
  }

  /** Fails when the events of two schemas would share a table. */
  void requireDistinct(SchemaRegistry registry) {
    Map<String, SchemaKey> owners = new HashMap<>();
    for (EventSchema schema : registry.all()) {
      SchemaKey key = schema.key();
      SchemaKey other = owners.putIfAbsent(view(key.vendor(), key.name()), key);
      boolean same =
          other == null || other.vendor().equals(key.vendor()) && other.name().equals(key.name());
      if (!same) {
        throw new IllegalArgumentException(
            "%s and %s would share the table silver.%s; rename one of the schemas"
                .formatted(other.uri(), key.uri(), view(key.vendor(), key.name())));
      }
    }
  }
}
