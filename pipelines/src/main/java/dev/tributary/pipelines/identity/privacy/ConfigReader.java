package dev.tributary.pipelines.identity.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tributary.pipelines.job.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a configuration from YAML; what it does not say is inferred from the table.
 *
 * <pre>{@code
 * id: customer_number
 * fields:
 *   surname: name                            # the column 'surname' is a name
 *   born: {kind: date, column: date_of_birth}
 *   notes: ignore
 * blocking: ["surname:phonetic + born:exact"]
 * max_block: 100
 * hardening: {diffusion: 4, bits: 512}
 * }</pre>
 */
final class ConfigReader {
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("id", "fields", "blocking", "max_block", "hardening"));
  private static final Set<String> HARDENING_KEYS =
      new TreeSet<>(Set.of("bits", "fill", "salted", "balanced", "folds", "diffusion", "flip"));

  private final Path file;
  private final CsvTable table;

  ConfigReader(Path file, CsvTable table) {
    this.file = file;
    this.table = table;
  }

  EncodingConfig read() {
    JsonNode root = parse();
    checkKeys(root, KEYS, "");
    Optional<String> id =
        root.has("id")
            ? Optional.of(column(root.get("id").asText()))
            : ConfigInference.idColumn(table);
    Set<String> ignored = new HashSet<>();
    Map<String, Field> given = fields(root.path("fields"), ignored);
    try {
      EncodingConfig inferred = ConfigInference.of(table.without(ignored), given, id);
      return merged(root, inferred);
    } catch (IllegalArgumentException e) {
      throw PrivacyErrors.badConfig(file.toString(), e.getMessage(), "correct the value");
    }
  }

  private JsonNode parse() {
    try {
      JsonNode root = new YAMLMapper().readTree(PrivacyFiles.text(file));
      return root == null || root.isNull() || root.isMissingNode()
          ? new YAMLMapper().createObjectNode()
          : root;
    } catch (JsonProcessingException e) {
      throw PrivacyErrors.badConfig(
          file.toString(), "not YAML: " + e.getOriginalMessage(), "correct the YAML");
    }
  }

  private EncodingConfig merged(JsonNode root, EncodingConfig inferred) {
    List<String> blocking = new ArrayList<>();
    root.path("blocking").forEach(pass -> blocking.add(pass(pass.asText(), inferred)));
    return new EncodingConfig(
        inferred.id(),
        inferred.fields(),
        blocking.isEmpty() ? inferred.blocking() : blocking,
        inferred.ignored(),
        hardening(root.path("hardening")),
        root.has("max_block") ? root.get("max_block").asInt(0) : inferred.maxBlock());
  }

  private String pass(String text, EncodingConfig config) {
    Set<String> known = new TreeSet<>();
    config.fields().forEach(field -> known.add(field.name()));
    try {
      BlockingPass pass = BlockingPass.parse(text);
      for (BlockingPass.Part part : pass.parts()) {
        if (!known.contains(part.field())) {
          throw unknown("blocking: no field '" + part.field() + "'", part.field(), known);
        }
      }
      return pass.toString();
    } catch (IllegalArgumentException e) {
      throw PrivacyErrors.badConfig(
          file.toString(),
          "blocking: '" + text + "' is not a pass",
          "write field:form + field:form with forms exact, phonetic, year, month-day");
    }
  }

  private Map<String, Field> fields(JsonNode node, Set<String> ignored) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      JsonNode value = entry.getValue();
      String column = column(value.path("column").asText(entry.getKey()));
      String kind = value.isObject() ? value.path("kind").asText() : value.asText();
      if (kind.equals("ignore")) {
        ignored.add(column);
      } else {
        fields.put(column, new Field(entry.getKey(), kind(kind, entry.getKey()), column));
      }
    }
    return fields;
  }

  private FieldKind kind(String text, String field) {
    Set<String> known = new TreeSet<>(Set.of("ignore"));
    for (FieldKind kind : FieldKind.values()) {
      known.add(kind.label());
    }
    if (!known.contains(text)) {
      throw unknown("fields." + field + ": no kind '" + text + "'", text, known);
    }
    return FieldKind.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private String column(String name) {
    if (table.index(name) < 0) {
      throw PrivacyErrors.unknownColumn(name, table.file(), table.columns());
    }
    return name;
  }

  private Hardening hardening(JsonNode node) {
    checkKeys(node, HARDENING_KEYS, "hardening.");
    Hardening normal = Hardening.DEFAULT;
    return new Hardening(
        node.path("bits").asInt(normal.bits()),
        node.path("fill").asDouble(normal.fill()),
        node.path("salted").asBoolean(normal.salted()),
        node.path("balanced").asBoolean(normal.balanced()),
        node.path("folds").asInt(normal.folds()),
        node.path("diffusion").asInt(normal.diffusion()),
        node.path("flip").asDouble(normal.flip()));
  }

  private void checkKeys(JsonNode node, Set<String> known, String prefix) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw unknown("there is no key '" + prefix + name + "'", name, known);
      }
    }
  }

  private RuntimeException unknown(String problem, String word, Set<String> known) {
    String near = Nearest.to(word, known).map(n -> "did you mean '" + n + "'? ").orElse("");
    return PrivacyErrors.badConfig(
        file.toString(), problem, near + "known are " + String.join(", ", known));
  }
}
