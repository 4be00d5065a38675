package dev.tributary.schemas.registry;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file the registry did not take, or, in {@link LoadReport#warnings()}, took although something
 * is wrong.
 *
 * @param key the schema concerned, or null when the path does not name one
 * @param pointer RFC 6901 JSON pointer into the file; empty for the whole of it
 * @param reason what is wrong, with the value
 * @param fix what to do about it
 */
public record Refusal(
    Path file, SchemaKey key, String pointer, String reason, String fix, Kind kind) {
  public Refusal {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(fix, "fix");
    Objects.requireNonNull(kind, "kind");
  }

  /** What sort of thing is wrong. */
  public enum Kind {
    /** The path is not {@code vendor/name/format/version}. */
    LAYOUT,
    /** A format other than JSON Schema. */
    UNSUPPORTED_FORMAT,
    TOO_LARGE,
    NOT_JSON,
    DUPLICATE_KEY,
    /** Nested too deep, or a number that cannot be compared. */
    BEYOND_LIMITS,
    UNKNOWN_META_SCHEMA,
    NOT_JSON_SCHEMA,
    SELF_DISAGREES,
    DUPLICATE_VERSION,
    UNRESOLVED_REFERENCE,
    INVALID_PATTERN,
    /** The version number promises more compatibility than the change keeps. */
    UNDERSTATED_LABEL
  }

  /** One line for people: file, place, reason, fix. */
  public String describe() {
    return file + (pointer.isEmpty() ? "" : "#" + pointer) + ": " + reason + "; " + fix;
  }
}
