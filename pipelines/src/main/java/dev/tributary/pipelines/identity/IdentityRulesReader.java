package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.EvidenceRule.Side;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.lake.TableName;
import dev.tributary.schemas.yaml.YamlException;
import dev.tributary.schemas.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@link IdentityRules} from YAML; the built-in ones are its best description. */
final class IdentityRulesReader {
  private static final String BUILT_IN = "/identity/rules.yaml";
  private static final String DEFAULT_PURPOSE = "identity_resolution";

  private IdentityRulesReader() {}

  /** The rules of a file, else the built-in ones. */
  static IdentityRules read(Optional<Path> file) {
    return file.map(IdentityRulesReader::ofFile).orElseGet(IdentityRulesReader::builtIn);
  }

  static IdentityRules builtIn() {
    try (InputStream in = IdentityRulesReader.class.getResourceAsStream(BUILT_IN)) {
      return parse(
          "built-in identity rules", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IdentityRules ofFile(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw IdentityErrors.badRules(
          new YamlException(
              file.toString(),
              "",
              "cannot be read (" + e + ")",
              "give the path of a readable UTF-8 file"));
    }
  }

  /**
   * Reads rules.
   *
   * @throws dev.tributary.pipelines.job.JobException exit code 2, naming the place
   */
  static IdentityRules parse(String name, String text) {
    try {
      return rules(YamlNode.parse(name, text), text);
    } catch (YamlException e) {
      throw IdentityErrors.badRules(e);
    }
  }

  private static IdentityRules rules(YamlNode root, String text) {
    root.allow(
        "types",
        "phone_country",
        "evidence",
        "model",
        "models",
        "behaviour",
        "in_force",
        "consent_purpose",
        "person",
        "household");
    Map<String, Normalization> types = types(root);
    List<EvidenceRule> evidence =
        root.list("evidence").stream().map(node -> rule(node, types)).toList();
    String country = root.optionalText("phone_country").orElse("");
    if (!country.matches("[1-9][0-9]{0,2}|")) {
      throw root.at("phone_country")
          .problem("'" + country + "' is no calling code", "write one to three digits, e.g. 49");
    }
    return new IdentityRules(
        types,
        country,
        evidence,
        ModelRulesReader.read(root, types),
        root.optionalText("consent_purpose").orElse(DEFAULT_PURPOSE),
        graph(root, GraphRules.PERSON, GraphRules.defaults()),
        graph(root, GraphRules.HOUSEHOLD, GraphRules.householdDefaults()),
        text);
  }

  private static GraphRules graph(YamlNode root, String name, GraphRules otherwise) {
    if (!root.at(name).present()) {
      return otherwise;
    }
    GraphRules rules = GraphRules.read(root.at(name));
    if (!rules.graph().equals(name)) {
      throw root.at(name)
          .at("graph")
          .problem("is '" + rules.graph() + "'", "write 'graph: " + name + "'");
    }
    return rules;
  }

  private static Map<String, Normalization> types(YamlNode root) {
    Map<String, Normalization> types = new LinkedHashMap<>();
    root.entries("types")
        .forEach(
            (type, node) -> {
              if (!type.matches("[a-z][a-z0-9_]*")) {
                throw node.problem(
                    "'" + type + "' is no type name", "use lower-case letters, digits and _");
              }
              types.put(type, normalization(node));
            });
    if (types.isEmpty()) {
      throw root.at("types").problem("is missing", "list the identifier types, e.g. email: email");
    }
    return types;
  }

  private static Normalization normalization(YamlNode node) {
    String text = node.asText();
    return Arrays.stream(Normalization.values())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                node.problem(
                    "unknown normalisation '" + text + "'", "use text, lower, email or phone"));
  }

  private static EvidenceRule rule(YamlNode node, Map<String, Normalization> types) {
    node.allow("rule", "table", "left", "right", "where", "confidence", "sources", "consent");
    TableName.parse(node.text("table"));
    try {
      return new EvidenceRule(
          node.text("rule"),
          node.text("table"),
          side(node.at("left"), types),
          node.at("right").present()
              ? Optional.of(side(node.at("right"), types))
              : Optional.empty(),
          node.optionalText("where"),
          node.optionalText("confidence").map(Double::parseDouble).orElse(1.0),
          node.texts("sources"),
          node.optionalText("consent"));
    } catch (NumberFormatException e) {
      throw node.at("confidence").problem("is no number", "write one above 0, at most 1");
    } catch (IllegalArgumentException e) {
      throw node.problem(e.getMessage(), "correct it");
    }
  }

  static Side side(YamlNode node, Map<String, Normalization> types) {
    if (!node.present()) {
      throw node.problem("is missing", "write e.g. 'left: {user_id: user_id}'");
    }
    node.allow(types.keySet().toArray(String[]::new));
    for (String type : types.keySet()) {
      if (node.at(type).present()) {
        return new Side(type, node.text(type));
      }
    }
    throw node.problem("is empty", "write e.g. 'left: {user_id: user_id}'");
  }
}
