package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A value that its column's type cannot hold, such as a 400-digit integer in a BIGINT. Carries no
 * stack trace: it stands for one bad event, not for a fault of the program.
 */
public final class UnrepresentableException extends Exception {
  private final String pointer;
  private final boolean otherKind;

  /**
   * @param pointer RFC 6901 pointer to the value, from the object that was decoded
   * @param message what the value is and what the column holds
   */
  public UnrepresentableException(String pointer, String message) {
    this(pointer, message, false);
  }

  private UnrepresentableException(String pointer, String message, boolean otherKind) {
    super(message, null, false, false);
    this.pointer = pointer;
    this.otherKind = otherKind;
  }

  /** A value of another JSON type than its column's, as open unions allow. */
  static UnrepresentableException otherKind(String expected, JsonNode found) {
    String kind = found.getNodeType().name().toLowerCase(Locale.ROOT);
    return new UnrepresentableException("", "expected " + expected + ", found " + kind, true);
  }

  /** A property that its struct neither names nor collects. */
  static UnrepresentableException unknownProperty(String property) {
    return new UnrepresentableException("", "the schema has no such property", true)
        .under(property);
  }

  /** Whether an enclosing object may keep the value among its additional properties instead. */
  boolean otherKind() {
    return otherKind;
  }

  /** RFC 6901 pointer to the value, from the object that was decoded. */
  public String pointer() {
    return pointer;
  }

  /** The same problem seen from the object or array that holds the value under this key. */
  UnrepresentableException under(String key) {
    String escaped = key.replace("~", "~0").replace("/", "~1");
    return new UnrepresentableException("/" + escaped + pointer, getMessage(), otherKind);
  }
}
