package dev.tributary.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The accepted event schemas, immutable and safe for use by many threads.
 *
 * <p>Reads directories in the Iglu layout, {@code vendor/name/jsonschema/1-0-2}, where {@code
 * .json} may follow the version. A root that has a directory {@code schemas}, as Iglu repositories
 * do, is read from there.
 */
public final class SchemaRegistry {
  private final NavigableMap<SchemaKey, EventSchema> schemas;
  private final String fingerprint;

  private SchemaRegistry(NavigableMap<SchemaKey, EventSchema> schemas) {
    this.schemas = schemas;
    this.fingerprint = hash(schemas.values());
  }

  /**
   * Loads all files below the directories and refuses those whose version label understates the
   * change.
   *
   * @throws RegistryException when a directory is missing or unreadable
   */
  public static LoadReport load(Path... directories) {
    return load(LabelPolicy.REFUSE, directories);
  }

  /** As {@link #load(Path...)}, with a choice of what becomes of understated labels. */
  public static LoadReport load(LabelPolicy policy, Path... directories) {
    return new RegistryLoader(policy).load(List.of(directories));
  }

  /** A registry of schemas that are known to be good; of two with one key the later one stands. */
  public static SchemaRegistry of(Collection<EventSchema> schemas) {
    NavigableMap<SchemaKey, EventSchema> byKey = new TreeMap<>();
    schemas.forEach(schema -> byKey.put(schema.key(), schema));
    return new SchemaRegistry(byKey);
  }

  public Optional<EventSchema> find(SchemaKey key) {
    return Optional.ofNullable(schemas.get(key));
  }

  /** The highest version of a model. */
  public Optional<EventSchema> latest(String vendor, String name, int model) {
    List<EventSchema> versions = versions(vendor, name, model);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** All versions of a model, ascending. */
  public List<EventSchema> versions(String vendor, String name, int model) {
    SchemaKey from = key(vendor, name, model, 0);
    SchemaKey to = key(vendor, name, model, Integer.MAX_VALUE);
    return List.copyOf(schemas.subMap(from, true, to, true).values());
  }

  private static SchemaKey key(String vendor, String name, int model, int rest) {
    return new SchemaKey(vendor, name, SchemaKey.JSON_SCHEMA, new SchemaVersion(model, rest, rest));
  }

  /** All schemas, by vendor, name and version. */
  public List<EventSchema> all() {
    return List.copyOf(schemas.values());
  }

  /**
   * SHA-256 over all keys and documents, in hexadecimal: equal exactly when the registries hold the
   * same.
   */
  public String fingerprint() {
    return fingerprint;
  }

  private static String hash(Collection<EventSchema> schemas) {
    MessageDigest digest = sha256();
    for (EventSchema schema : schemas) {
      digest.update((schema.key().uri() + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update((schema.document() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
