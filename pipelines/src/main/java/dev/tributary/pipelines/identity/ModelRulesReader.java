package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.matching.AttributeKind;
import dev.tributary.pipelines.identity.matching.MatchingException;
import dev.tributary.pipelines.lake.TableName;
import dev.tributary.schemas.contract.EnvelopeColumns;
import dev.tributary.schemas.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@link ModelRules} from the rules' YAML: {@code model}, {@code models}, {@code behaviour}.
 */
final class ModelRulesReader {
  private static final String NAME = "[a-z][a-z0-9_]*";

  private ModelRulesReader() {}

  static ModelRules read(YamlNode root, Map<String, Normalization> types) {
    Map<String, RecordRule> records = new LinkedHashMap<>();
    root.entries("models").forEach((name, node) -> records.put(name, records(name, node, types)));
    Optional<BehaviourRule> behaviour =
        root.at("behaviour").present()
            ? Optional.of(behaviour(root.at("behaviour"), types))
            : Optional.empty();
    behaviour.ifPresent(
        rule -> {
          if (records.containsKey(rule.name())) {
            throw root.at("behaviour")
                .problem("is called '" + rule.name() + "' as a model is", "give another name");
          }
        });
    return new ModelRules(
        root.optionalText("model"),
        List.copyOf(records.values()),
        behaviour,
        root.texts("in_force"));
  }

  private static RecordRule records(String name, YamlNode node, Map<String, Normalization> types) {
    node.allow("records", "columns", "at_least");
    named(name, node);
    Map<String, AttributeKind> columns = new LinkedHashMap<>();
    node.entries("columns")
        .forEach(
            (column, kind) -> {
              try {
                columns.put(column, AttributeKind.parse(kind.asText()));
              } catch (MatchingException e) {
                throw kind.problem(e.getMessage(), "name a kind, e.g. family_name or phone");
              }
            });
    List<RecordRule.Source> tables =
        node.list("records").stream().map(one -> table(one, columns, types)).toList();
    if (columns.isEmpty() || tables.isEmpty()) {
      throw node.problem(
          "has no columns or no records",
          "write columns: {email: email} and records: [{table: …}]");
    }
    return new RecordRule(name, tables, columns, atLeast(node, RecordRule.AT_LEAST));
  }

  private static void named(String name, YamlNode node) {
    if (!name.matches(NAME)) {
      throw node.problem("'" + name + "' is no name", "use lower-case letters, digits and _");
    }
  }

  private static RecordRule.Source table(
      YamlNode node, Map<String, AttributeKind> columns, Map<String, Normalization> types) {
    node.allow("table", "id", "values", "where", "time", "consent");
    TableName.parse(node.text("table"));
    Map<String, String> values = new LinkedHashMap<>();
    node.entries("values")
        .forEach(
            (column, sql) -> {
              if (!columns.containsKey(column)) {
                throw sql.problem(
                    "'" + column + "' is not among the columns", "add it there with its kind");
              }
              values.put(column, sql.asText());
            });
    if (values.isEmpty()) {
      throw node.at("values").problem("is missing", "write e.g. 'values: {email: email}'");
    }
    return new RecordRule.Source(
        node.text("table"),
        IdentityRulesReader.side(node.at("id"), types),
        values,
        node.optionalText("where"),
        node.optionalText("time").orElse(EnvelopeColumns.EVENT_TIME),
        node.optionalText("consent"));
  }

  private static BehaviourRule behaviour(YamlNode node, Map<String, Normalization> types) {
    node.allow("name", "devices", "at_least");
    String name = node.optionalText("name").orElse("devices");
    named(name, node);
    List<BehaviourRule.Source> tables =
        node.list("devices").stream().map(one -> devices(one, types)).toList();
    if (tables.isEmpty()) {
      throw node.at("devices")
          .problem("is missing", "list the tables that show devices, e.g. silver.activity");
    }
    if (tables.stream().map(one -> one.device().type()).distinct().count() > 1) {
      throw node.at("devices").problem("has several types of devices", "use one");
    }
    return new BehaviourRule(name, tables, atLeast(node, BehaviourRule.AT_LEAST));
  }

  private static BehaviourRule.Source devices(YamlNode node, Map<String, Normalization> types) {
    node.allow("table", "device", "where", "login", "network", "page", "agent");
    TableName.parse(node.text("table"));
    return new BehaviourRule.Source(
        node.text("table"),
        IdentityRulesReader.side(node.at("device"), types),
        node.optionalText("where"),
        node.optionalText("login"),
        node.optionalText("network"),
        node.optionalText("page"),
        node.optionalText("agent"));
  }

  private static double atLeast(YamlNode node, double otherwise) {
    Optional<String> text = node.optionalText("at_least");
    try {
      double value = text.map(Double::parseDouble).orElse(otherwise);
      if (value > 0 && value < 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw node.at("at_least").problem("is no number", "write one between 0 and 1, e.g. 0.95");
    }
    throw node.at("at_least").problem("is " + text.get(), "write a number between 0 and 1");
  }
}
