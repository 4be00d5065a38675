package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The kinds of JSON values, with numbers parted so that {@code integer} is a subset of {@code
 * number}.
 */
enum Kind {
  NULL,
  BOOLEAN,
  INTEGER,
  FRACTION,
  STRING,
  ARRAY,
  OBJECT;

  static Set<Kind> all() {
    return EnumSet.allOf(Kind.class);
  }

  /** The kinds the keyword {@code type} admits. */
  static Set<Kind> ofKeyword(JsonNode type) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (type.isTextual()) {
      add(kinds, type.textValue());
    }
    type.forEach(name -> add(kinds, name.asText()));
    return kinds;
  }

  private static void add(Set<Kind> kinds, String name) {
    if (name.equals("number")) {
      kinds.add(INTEGER);
      kinds.add(FRACTION);
    } else {
      for (Kind kind : values()) {
        if (kind != FRACTION && kind.name().toLowerCase(Locale.ROOT).equals(name)) {
          kinds.add(kind);
        }
      }
    }
  }

  static Kind ofValue(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> NULL;
      case BOOLEAN -> BOOLEAN;
      case NUMBER -> isInteger(value) ? INTEGER : FRACTION;
      case STRING -> STRING;
      case ARRAY -> ARRAY;
      default -> OBJECT;
    };
  }

  private static boolean isInteger(JsonNode value) {
    return value.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  /** As JSON Schema names them, both numbers together as {@code number}. */
  static String describe(Set<Kind> kinds) {
    Set<Kind> rest = EnumSet.noneOf(Kind.class);
    rest.addAll(kinds);
    if (rest.contains(FRACTION)) {
      rest.remove(INTEGER);
    }
    return rest.stream()
        .map(kind -> kind == FRACTION ? "number" : kind.name().toLowerCase(Locale.ROOT))
        .reduce((a, b) -> a + ", " + b)
        .orElse("nothing");
  }
}
