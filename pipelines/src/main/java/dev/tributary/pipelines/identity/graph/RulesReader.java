package dev.tributary.pipelines.identity.graph;

import dev.tributary.schemas.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@link GraphRules} from YAML.
 *
 * <pre>{@code
 * graph: person                     # or household; says whose defaults absent keys have
 * min_confidence: 0.5
 * priority: [crm_key, user_id, email, phone, device_id, anonymous_id]   # strongest first
 * unique: [crm_key]                 # two values never in one profile
 * limits:
 *   - {type: email, max: 5}
 *   - {type: device_id, max: 6, within_days: 30}
 * placeholders: true                # block null, undefined, noreply@... besides what follows
 * blocked:
 *   - {type: email, values: [test@test.com], patterns: ['^noreply@']}
 *   - values: ['not given']         # of every type
 * hubs:
 *   - {type: email, neighbours: user_id, max: 10}
 * sources:
 *   - {source: crm, between: [crm_key ~ email, crm_key ~ phone]}
 * bridges: {below: 0.6, min_side: 8, min_degree: 3}
 * accepts: ['*']                    # rules whose edges belong to this graph
 * refuses: ['household.*']
 * }</pre>
 */
final class RulesReader {
  private static final String TYPE = "type";
  private static final String LIMITS = "limits";
  private static final String UNIQUE = "unique";

  private RulesReader() {}

  static GraphRules read(YamlNode rules) {
    rules.allow(
        "graph",
        "min_confidence",
        "priority",
        UNIQUE,
        LIMITS,
        "placeholders",
        "blocked",
        "hubs",
        "sources",
        "bridges",
        "accepts",
        "refuses");
    GraphRules base = base(rules);
    return checked(
        rules,
        () ->
            new GraphRules(
                base.graph(),
                number(rules, "min_confidence", base.minConfidence()),
                texts(rules, "priority", base.priority()),
                limits(rules, base),
                blocked(rules, base),
                list(rules, "hubs", RulesReader::hub, base.hubs()),
                list(rules, "sources", RulesReader::source, base.sources()),
                bridges(rules, base.bridges()),
                texts(rules, "accepts", base.accepts()),
                texts(rules, "refuses", base.refuses())));
  }

  private static GraphRules base(YamlNode rules) {
    String graph = rules.optionalText("graph").orElse(GraphRules.PERSON);
    return switch (graph) {
      case GraphRules.PERSON -> GraphRules.defaults();
      case GraphRules.HOUSEHOLD -> GraphRules.householdDefaults();
      default ->
          throw rules
              .at("graph")
              .problem("unknown graph '" + graph + "'", "write person or household");
    };
  }

  private static List<Limit> limits(YamlNode rules, GraphRules base) {
    List<Limit> limits = new ArrayList<>();
    rules.texts(UNIQUE).forEach(type -> limits.add(Limit.unique(type)));
    limits.addAll(list(rules, LIMITS, RulesReader::limit, base.limits()));
    return limits;
  }

  private static Limit limit(YamlNode item) {
    item.allow(TYPE, "max", "within_days");
    Duration window =
        item.at("within_days").present()
            ? Duration.ofSeconds((long) (number(item, "within_days", 0) * 86_400))
            : null;
    return new Limit(item.text(TYPE), whole(item, "max"), window);
  }

  private static List<BlockedValues> blocked(YamlNode rules, GraphRules base) {
    List<BlockedValues> blocked = new ArrayList<>();
    if (rules.flag("placeholders", true)) {
      blocked.addAll(base.blocked());
    }
    blocked.addAll(list(rules, "blocked", RulesReader::values, List.of()));
    return blocked;
  }

  private static BlockedValues values(YamlNode item) {
    item.allow(TYPE, "values", "patterns");
    return BlockedValues.of(
        item.optionalText(TYPE).orElse(Limit.ANY), item.texts("values"), item.texts("patterns"));
  }

  private static HubRule hub(YamlNode item) {
    item.allow(TYPE, "neighbours", "max");
    return new HubRule(
        item.text(TYPE), item.optionalText("neighbours").orElse(Limit.ANY), whole(item, "max"));
  }

  private static SourceRule source(YamlNode item) {
    item.allow("source", "between");
    List<YamlNode> pairs = item.list("between");
    return new SourceRule(item.text("source"), pairs.stream().map(RulesReader::pair).toList());
  }

  private static SourceRule.TypePair pair(YamlNode item) {
    String[] types = item.asText().split("~", -1);
    if (types.length != 2 || types[0].isBlank() || types[1].isBlank()) {
      throw item.problem(
          "'" + item.asText() + "' is no pair of types", "write two, e.g. crm_key ~ email");
    }
    return new SourceRule.TypePair(types[0].strip(), types[1].strip());
  }

  private static BridgeRule bridges(YamlNode rules, BridgeRule otherwise) {
    YamlNode node = rules.at("bridges");
    if (!node.present()) {
      return otherwise;
    }
    node.allow("below", "min_side", "min_degree");
    return checked(
        node,
        () ->
            new BridgeRule(
                number(node, "below", otherwise.below()),
                node.at("min_side").present() ? whole(node, "min_side") : otherwise.minSide(),
                number(node, "min_degree", otherwise.minDegree())));
  }

  private static <T> List<T> list(
      YamlNode rules, String key, Function<YamlNode, T> read, List<T> otherwise) {
    if (!rules.at(key).present()) {
      return otherwise;
    }
    return rules.list(key).stream().map(item -> checked(item, () -> read.apply(item))).toList();
  }

  private static List<String> texts(YamlNode rules, String key, List<String> otherwise) {
    return rules.at(key).present() ? rules.texts(key) : otherwise;
  }

  private static double number(YamlNode node, String key, double otherwise) {
    if (!node.at(key).present()) {
      return otherwise;
    }
    String text = node.text(key);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notOne) {
      throw node.at(key).problem("'" + text + "' is no number", "write one, e.g. 0.5");
    }
  }

  private static int whole(YamlNode node, String key) {
    String text = node.text(key);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      throw node.at(key).problem("'" + text + "' is no whole number", "write one, e.g. 5");
    }
  }

  /** What a record's constructor refuses, as an error at the place it was read from. */
  private static <T> T checked(YamlNode place, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException refused) {
      String[] parts = refused.getMessage().split("; ", 2);
      throw place.problem(parts[0], parts.length > 1 ? parts[1] : "correct it");
    }
  }
}
