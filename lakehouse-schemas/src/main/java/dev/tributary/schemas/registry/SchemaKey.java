package dev.tributary.schemas.registry;

/** Names one schema document: {@code iglu:vendor/name/format/1-0-2}. */
public record SchemaKey(String vendor, String name, String format, SchemaVersion version) {

  /** Reads {@code iglu:com.shop/order_completed/jsonschema/1-0-0}, with or without the scheme. */
  public static SchemaKey parse(String text) {
    String path = text.startsWith("iglu:") ? text.substring(5) : text;
    String[] parts = path.split("/", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a schema key; write iglu:vendor/name/jsonschema/1-0-0");
    }
    return new SchemaKey(parts[0], parts[1], parts[2], SchemaVersion.parse(parts[3]));
  }

  public String uri() {
    return "iglu:" + vendor + "/" + name + "/" + format + "/" + version;
  }
}
