package dev.tributary.schemas.validation;

import java.util.Objects;

/**
 * The first thing a schema objects to in an instance.
 *
 * @param pointer RFC 6901 JSON pointer into the instance; empty for the whole of it
 * @param keyword the keyword of JSON Schema that is violated, such as {@code required}
 * @param message one sentence, with the values concerned
 */
public record Violation(String pointer, String keyword, String message) {
  public Violation {
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(keyword, "keyword");
    Objects.requireNonNull(message, "message");
  }
}
