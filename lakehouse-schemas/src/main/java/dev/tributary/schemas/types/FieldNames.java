package dev.tributary.schemas.types;

import dev.tributary.schemas.contract.EnvelopeColumns;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Gives the properties of an object their column names: snake_case, unique whatever the case, legal
 * in Delta and Parquet without column mapping. The rules are in {@link ModelSchema}.
 */
final class FieldNames {
  private static final int MAX_LENGTH = 120;
  private static final String PREFIX = "property_";

  private final Set<String> reserved;
  private final Set<String> taken = new HashSet<>();

  private FieldNames(Collection<String> reserved, Collection<String> taken) {
    this.reserved = Set.copyOf(reserved);
    taken.forEach(name -> this.taken.add(fold(name)));
  }

  /** Names at the top of a table, where the envelope's columns are. */
  static FieldNames inTable(Collection<String> taken) {
    Set<String> envelope = new HashSet<>(EnvelopeColumns.LEADING);
    envelope.addAll(EnvelopeColumns.TRAILING);
    return new FieldNames(envelope, taken);
  }

  static FieldNames inStruct(Collection<String> taken) {
    return new FieldNames(List.of(EnvelopeColumns.ADDITIONAL_PROPERTIES), taken);
  }

  /**
   * Names for properties that arrive together. A property that is spelt like its column goes first,
   * the others by code point, so that the outcome does not depend on the order given.
   */
  Map<String, String> assign(Collection<String> properties) {
    Map<String, String> names = new LinkedHashMap<>();
    properties.stream()
        .filter(property -> property.equals(plain(property)))
        .sorted()
        .forEach(property -> names.put(property, take(plain(property))));
    properties.stream()
        .sorted()
        .forEach(property -> names.computeIfAbsent(property, key -> take(plain(key))));
    return names;
  }

  /** A name for a property whose column cannot hold the type it has from this version on. */
  String assign(String property, int revision, int addition) {
    return take(plain(property) + "_" + revision + "_" + addition);
  }

  private String take(String name) {
    String free = name;
    for (int copy = 2; !taken.add(fold(free)); copy++) {
      free = name + "_" + copy;
    }
    return free;
  }

  private String plain(String property) {
    String name = SnakeCase.of(property);
    if (name.isEmpty()) {
      name = "property";
    } else if (Character.isDigit(name.codePointAt(0)) || reserved.contains(name)) {
      name = PREFIX + name;
    }
    return name.length() <= MAX_LENGTH ? name : shorten(name, property);
  }

  private static String shorten(String name, String property) {
    CRC32 checksum = new CRC32();
    checksum.update(property.getBytes(StandardCharsets.UTF_8));
    int end = MAX_LENGTH - 9;
    if (Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end) + "_" + "%08x".formatted(checksum.getValue());
  }

  /** Two names with the same fold are one name to an engine that ignores case. */
  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
