package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.dialect.CanonicalJson;
import dev.tributary.schemas.dialect.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON values as JSON Schema compares them: numbers by what they are worth. */
final class Values {
  private Values() {}

  /** The values {@code enum} and {@code const} leave, if the schema has one of the two. */
  static Optional<Set<JsonNode>> of(SchemaNode node) {
    Optional<Set<JsonNode>> enumerated = Optional.empty();
    if (node.get("enum").isArray()) {
      Set<JsonNode> values = new LinkedHashSet<>();
      node.get("enum").forEach(value -> values.add(CanonicalJson.of(value)));
      enumerated = Optional.of(values);
    }
    if (!node.has("const") || !node.since(Dialect.DRAFT_6)) {
      return enumerated;
    }
    Set<JsonNode> single = new LinkedHashSet<>(List.of(CanonicalJson.of(node.get("const"))));
    enumerated.ifPresent(single::retainAll);
    return Optional.of(single);
  }

  /** A list for people, cut after some values. */
  static String describe(Iterable<JsonNode> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(
        value ->
            texts.add(value.isNumber() ? value.decimalValue().toPlainString() : value.toString()));
    String shown = texts.stream().limit(8).collect(Collectors.joining(", "));
    return texts.size() > 8 ? shown + ", … (" + texts.size() + ")" : shown;
  }
}
