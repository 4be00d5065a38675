package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A reason why data valid under the earlier schema may not be valid under the newer one.
 *
 * @param pointer into the newer document; into the earlier one for what was removed
 * @param effect never {@link Effect#COMPATIBLE}
 */
record Finding(String pointer, Effect effect, String why) {
  static Finding breaking(String pointer, String why) {
    return new Finding(pointer, Effect.BREAKS_SOME, why);
  }

  static Finding assumed(String pointer, String why) {
    return new Finding(pointer, Effect.ASSUMED, why);
  }

  boolean assumed() {
    return effect == Effect.ASSUMED;
  }

  static String text(JsonNode value) {
    String text = value.toString();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
