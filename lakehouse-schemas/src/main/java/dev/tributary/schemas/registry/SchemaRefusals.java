package dev.tributary.schemas.registry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.compatibility.Label;
import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.dialect.SchemaCompiler.Objection;
import dev.tributary.schemas.registry.Refusal.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The refusals of one file, each with reason and fix. */
final class SchemaRefusals {
  private final Path file;
  private final SchemaKey key;

  SchemaRefusals(Path file, SchemaKey key) {
    this.file = file;
    this.key = key;
  }

  private RefusedException refused(Kind kind, String pointer, String reason, String fix) {
    return new RefusedException(new Refusal(file, key, pointer, reason, fix, kind));
  }

  RefusedException layout(String path) {
    return refused(
        Kind.LAYOUT,
        "",
        "its path '" + path + "' is not vendor/name/format/MODEL-REVISION-ADDITION",
        "move it, for instance to com.shop/order_completed/jsonschema/1-0-0, or out of the registry");
  }

  RefusedException unsupportedFormat() {
    return refused(
        Kind.UNSUPPORTED_FORMAT,
        "",
        "unsupported format '" + key.format() + "'",
        "write the schema as JSON Schema, under " + SchemaKey.JSON_SCHEMA);
  }

  RefusedException tooLarge(long bytes) {
    return refused(
        Kind.TOO_LARGE,
        "",
        "it has " + bytes + " bytes, more than " + StrictJson.MAX_BYTES,
        "split the schema, or move documentation out of it");
  }

  RefusedException notJson(String pointer, String problem) {
    return refused(Kind.NOT_JSON, pointer, "it is not valid JSON: " + problem, "correct the JSON");
  }

  RefusedException beyondLimits(String pointer, String problem) {
    return refused(
        Kind.BEYOND_LIMITS,
        pointer,
        "it goes beyond " + StrictJson.MAX_DEPTH + " levels or another limit: " + problem,
        "flatten the schema, or use definitions and $ref");
  }

  RefusedException duplicateKey(String pointer, String position) {
    return refused(
        Kind.DUPLICATE_KEY,
        pointer,
        "an object has this key twice" + position,
        "remove one of the two: which one counts differs from reader to reader");
  }

  RefusedException notAnObject(JsonNode root) {
    return refused(
        Kind.NOT_JSON_SCHEMA,
        "",
        "a schema of events is a JSON object, not " + root.getNodeType(),
        "write {\"$schema\": …, \"type\": \"object\", …}");
  }

  RefusedException unknownMetaSchema(JsonNode root) {
    return refused(
        Kind.UNKNOWN_META_SCHEMA,
        "/$schema",
        "unknown meta-schema " + root.get("$schema"),
        "declare one of "
            + Arrays.stream(Dialect.values()).map(Dialect::uri).collect(Collectors.joining(", ")));
  }

  RefusedException selfDisagrees(String member, JsonNode actual, String expected) {
    return refused(
        Kind.SELF_DISAGREES,
        actual.isMissingNode() ? "/self" : "/self/" + member,
        "self says "
            + member
            + " is "
            + (actual.isMissingNode() ? "not there" : actual)
            + ", its path says \""
            + expected
            + "\"",
        "make both say the same");
  }

  RefusedException notJsonSchema(Dialect dialect, List<Objection> objections) {
    Objection first = objections.get(0);
    String more = objections.size() == 1 ? "" : " (and " + (objections.size() - 1) + " more)";
    return refused(
        Kind.NOT_JSON_SCHEMA,
        first.pointer(),
        "it is not valid JSON Schema by " + dialect.uri() + ": " + first.message() + more,
        "correct the keyword, or declare in $schema the draft it was written for");
  }

  RefusedException doesNotCompile(String message) {
    return refused(
        Kind.NOT_JSON_SCHEMA, "", "it cannot be compiled: " + message, "correct the schema");
  }

  RefusedException invalidPattern(JsonPointer pointer, String pattern, String problem) {
    return refused(
        Kind.INVALID_PATTERN,
        pointer.toString(),
        "'" + pattern + "' is not a regular expression of ECMA-262: " + problem,
        "correct the pattern");
  }

  RefusedException unresolvedReference(JsonPointer pointer, String reference) {
    return refused(
        Kind.UNRESOLVED_REFERENCE,
        pointer.toString(),
        "the reference '" + reference + "' names nothing in this document, and nothing is fetched",
        "copy what it names into definitions and refer to #/definitions/…");
  }

  RefusedException endlessReference(JsonPointer pointer) {
    return refused(
        Kind.UNRESOLVED_REFERENCE,
        pointer.toString(),
        "references lead from here back to here without looking into the instance",
        "break the circle");
  }

  static Refusal duplicateVersion(EventSchema copy, List<EventSchema> copies) {
    String others =
        copies.stream()
            .map(EventSchema::file)
            .filter(file -> !file.equals(copy.file()))
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    return new Refusal(
        copy.file(),
        copy.key(),
        "",
        copy.key().version() + " of this schema is also in " + others,
        "keep one of them, or give one the next version number",
        Kind.DUPLICATE_VERSION);
  }

  static Refusal understated(
      EventSchema schema, SchemaVersion earlier, Label required, String pointer, String why) {
    SchemaVersion version = schema.key().version();
    return new Refusal(
        schema.file(),
        schema.key(),
        pointer,
        "labelled "
            + version.labelAfter(earlier)
            + " to "
            + earlier
            + ", but it is a "
            + required
            + ": "
            + why,
        "call it " + earlier.next(required) + ", or take the change back",
        Kind.UNDERSTATED_LABEL);
  }
}
