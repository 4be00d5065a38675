package dev.tributary.schemas.registry;

import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a schema, written {@code iglu:vendor/name/format/version}.
 *
 * @param vendor letters, digits, {@code . _ -}, usually a reversed domain
 * @param name letters, digits, {@code . _ -}
 * @param format letters, digits, {@code _ -}; only {@code jsonschema} is supported by the registry
 */
public record SchemaKey(String vendor, String name, String format, SchemaVersion version)
    implements Comparable<SchemaKey> {
  /** The one format the registry accepts. */
  public static final String JSON_SCHEMA = "jsonschema";

  private static final String SCHEME = "iglu:";
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Comparator<SchemaKey> ORDER =
      Comparator.comparing(SchemaKey::vendor)
          .thenComparing(SchemaKey::name)
          .thenComparing(SchemaKey::format)
          .thenComparing(SchemaKey::version);

  public SchemaKey {
    Objects.requireNonNull(version, "version");
    if (!WORD.matcher(vendor).matches()
        || !WORD.matcher(name).matches()
        || !FORMAT.matcher(format).matches()) {
      throw RegistryErrors.notAKey(vendor + "/" + name + "/" + format + "/" + version);
    }
  }

  /**
   * Reads {@code iglu:vendor/name/format/version}; the scheme may be missing.
   *
   * @throws IllegalArgumentException when the text is no such name
   */
  public static SchemaKey parse(String text) {
    String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    String[] parts = path.split("/", -1);
    if (parts.length != 4) {
      throw RegistryErrors.notAKey(text);
    }
    return new SchemaKey(parts[0], parts[1], parts[2], SchemaVersion.parse(parts[3]));
  }

  /** {@code iglu:vendor/name/format/version}. */
  public String uri() {
    return SCHEME + path();
  }

  /** {@code vendor/name/format/version}. */
  public String path() {
    return vendor + "/" + name + "/" + format + "/" + version;
  }

  @Override
  public int compareTo(SchemaKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return uri();
  }
}
