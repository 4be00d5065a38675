package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tributary.schemas.dialect.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keywords of objects. */
final class ObjectInclusion {
  private final Inclusion inclusion;
  private final ObjectKnowledge before;
  private final Conjunction earlier;
  private final SchemaNode newer;
  private final List<Finding> findings;

  ObjectInclusion(
      Inclusion inclusion, Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    this.inclusion = inclusion;
    this.earlier = earlier;
    this.before = earlier.object();
    this.newer = newer;
    this.findings = findings;
  }

  void check() {
    if (!earlier.kinds().contains(Kind.OBJECT)) {
      return;
    }
    required();
    count();
    properties();
    patternProperties();
    newer.others().ifPresent(this::additionalProperties);
    propertyNames();
    dependencies();
    JsonNode unevaluated = newer.get("unevaluatedProperties");
    boolean additional = newer.isPlain() && !newer.has("additionalProperties");
    if (!unevaluated.isMissingNode() && !unevaluated.asBoolean(false) && !additional) {
      findings.add(Inclusion.unproven(newer, "unevaluatedProperties"));
    }
  }

  private void required() {
    Set<String> added = new LinkedHashSet<>();
    newer.get("required").forEach(name -> added.add(name.asText()));
    added.removeAll(before.required());
    if (!added.isEmpty()) {
      breaking("required", "now required: " + String.join(", ", added));
    }
  }

  private void count() {
    long least = newer.get("minProperties").asLong(0);
    if (least > Math.max(earlier.atLeast("minProperties"), before.required().size())) {
      breaking("minProperties", "an object must now have at least " + least + " properties");
    }
    if (newer.get("maxProperties").isNumber()) {
      long most = newer.get("maxProperties").asLong();
      long possible = before.closed() ? before.listed().size() : Long.MAX_VALUE;
      if (most < Math.min(earlier.atMost("maxProperties").orElse(Long.MAX_VALUE), possible)) {
        breaking("maxProperties", "an object may now have at most " + most + " properties");
      }
    }
  }

  private void properties() {
    for (String name : newer.names("properties")) {
      SchemaNode schema = newer.at("properties", name);
      List<Finding> found = inclusion.check(before.property(name), schema);
      if (found.isEmpty() || before.describes(name)) {
        findings.addAll(found);
      } else {
        findings.add(
            Finding.assumed(
                schema.pointer(),
                "property "
                    + name
                    + " is new and optional; the schema was open, and data that carried it undeclared are assumed not"
                    + " to exist"));
      }
    }
  }

  /** Whatever could have a matching name must satisfy the schema of the pattern. */
  private void patternProperties() {
    for (String pattern : newer.names("patternProperties")) {
      SchemaNode schema = newer.at("patternProperties", pattern);
      for (String name : before.listed()) {
        if (ObjectKnowledge.matches(pattern, name)) {
          findings.addAll(inclusion.check(before.property(name), schema));
        }
      }
      before.patterned().stream()
          .filter(earlierPattern -> mayOverlap(earlierPattern.pattern(), pattern))
          .forEach(p -> findings.addAll(inclusion.check(p.knowledge(), schema)));
      if (!keptPattern(pattern)) {
        findings.addAll(inclusion.check(before.additional(), schema));
      }
    }
  }

  /** Two patterns that begin with different literals match no name in common. */
  private static boolean mayOverlap(String one, String other) {
    String first = literalPrefix(one);
    String second = literalPrefix(other);
    return first.startsWith(second) || second.startsWith(first);
  }

  /** The characters every match must begin with; no more than it is easy to see. */
  private static String literalPrefix(String pattern) {
    if (!pattern.startsWith("^") || pattern.contains("|")) {
      return "";
    }
    int end = 1;
    while (end < pattern.length()
        && (Character.isLetterOrDigit(pattern.charAt(end)) || pattern.charAt(end) == '_')) {
      end++;
    }
    boolean quantified = end < pattern.length() && "*?{".indexOf(pattern.charAt(end)) >= 0;
    return pattern.substring(1, quantified ? Math.max(1, end - 1) : end);
  }

  /** Names that match a pattern every earlier schema has are never additional. */
  private boolean keptPattern(String pattern) {
    return before.members().stream()
        .anyMatch(member -> member.names("patternProperties").contains(pattern));
  }

  private void additionalProperties(SchemaNode rest) {
    for (String name : before.listed()) {
      if (!covered(name)) {
        List<Finding> found = inclusion.check(before.property(name), rest);
        if (!found.isEmpty()) {
          findings.add(
              rest.isFalse()
                  ? Finding.breaking(removed(name), "property " + name + " is no longer accepted")
                  : found.get(0));
        }
      }
    }
    Set<String> patterns = new LinkedHashSet<>(newer.names("patternProperties"));
    for (ObjectKnowledge.Patterned patterned : before.patterned()) {
      if (!patterns.contains(patterned.pattern())) {
        findings.addAll(inclusion.check(patterned.knowledge(), rest));
      }
    }
    if (!inclusion.check(before.additional(), rest).isEmpty()) {
      findings.add(
          Finding.breaking(
              rest.pointer(),
              rest.isFalse()
                  ? "properties that are not listed are no longer accepted"
                  : "properties that are not listed must now satisfy a schema"));
    }
  }

  private boolean covered(String name) {
    return newer.get("properties").has(name)
        || newer.names("patternProperties").stream()
            .anyMatch(pattern -> ObjectKnowledge.matches(pattern, name));
  }

  private String removed(String name) {
    return before.members().stream()
        .filter(member -> member.get("properties").has(name))
        .map(member -> member.at("properties", name).pointer())
        .findFirst()
        .orElse(newer.pointer("additionalProperties"));
  }

  private void propertyNames() {
    Optional<SchemaNode> names = newer.child("propertyNames");
    if (names.isEmpty() || !newer.since(Dialect.DRAFT_6)) {
      return;
    }
    List<Conjunction> possible = new ArrayList<>();
    if (before.closed()) {
      before.listed().forEach(name -> possible.add(before.names().of(TextNode.valueOf(name))));
    } else {
      possible.add(before.names());
    }
    if (possible.stream().anyMatch(name -> !inclusion.check(name, names.get()).isEmpty())) {
      findings.add(Inclusion.unproven(newer, "propertyNames"));
    }
  }

  private void dependencies() {
    for (String keyword : List.of("dependencies", "dependentRequired", "dependentSchemas")) {
      for (String trigger : newer.names(keyword)) {
        boolean never = before.property(trigger).impossible();
        if (!never && !keptDependency(keyword, trigger) && !satisfied(keyword, trigger)) {
          String pointer = newer.at(keyword, trigger).pointer();
          findings.add(
              before.describes(trigger)
                  ? Finding.breaking(pointer, trigger + " now asks for more of the object")
                  : Finding.assumed(
                      pointer, trigger + " is new, and assumed not to exist in earlier data"));
        }
      }
    }
  }

  private boolean keptDependency(String keyword, String trigger) {
    return earlier.members().stream()
        .filter(member -> member.get(keyword).has(trigger))
        .anyMatch(member -> member.at(keyword, trigger).sameAs(newer.at(keyword, trigger)));
  }

  private boolean satisfied(String keyword, String trigger) {
    JsonNode asked = newer.get(keyword).get(trigger);
    if (asked.isArray()) {
      Set<String> names = new LinkedHashSet<>();
      asked.forEach(name -> names.add(name.asText()));
      names.remove(trigger);
      return before.required().containsAll(names);
    }
    return inclusion.check(earlier, newer.at(keyword, trigger)).isEmpty();
  }

  private void breaking(String keyword, String why) {
    findings.add(Finding.breaking(newer.pointer(keyword), why));
  }
}
