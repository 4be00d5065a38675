package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.GraphRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that decides what is evidence and what becomes of it; read by {@link
 * IdentityRulesReader}.
 *
 * @param types identifier types and how their values are normalised, in order
 * @param phoneCountry calling code of telephone numbers without one; may be empty
 * @param evidence the deterministic rules
 * @param models what is learned, and whose {@code identity.matches} count
 * @param purpose of the consent that evidence of a person rests on
 * @param person rules of the graph of persons
 * @param household rules of the graph of households
 * @param text the YAML that all this was read from
 */
record IdentityRules(
    Map<String, Normalization> types,
    String phoneCountry,
    List<EvidenceRule> evidence,
    ModelRules models,
    String purpose,
    GraphRules person,
    GraphRules household,
    String text) {
  static final List<String> GRAPHS = List.of(GraphRules.PERSON, GraphRules.HOUSEHOLD);

  IdentityRules {
    types = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(types));
    evidence = List.copyOf(evidence);
  }

  /** Type names; a type's place is its code in narrow columns. */
  List<String> typeNames() {
    return List.copyOf(types.keySet());
  }

  int typeCode(String type) {
    return typeNames().indexOf(type);
  }

  /** Rule names, the model's last; a rule's place is its code in narrow columns. */
  List<String> ruleNames() {
    Set<String> names = new LinkedHashSet<>();
    evidence.stream().filter(rule -> rule.right().isPresent()).forEach(r -> names.add(r.name()));
    names.addAll(models.ruleOfVersion().values());
    return new ArrayList<>(names);
  }

  /** These rules with the models that were found to be in force, as a part of their text. */
  IdentityRules inForce(List<String> rules) {
    String names = String.join(", ", rules.stream().map(rule -> "'" + rule + "'").toList());
    return rules.equals(models.inForce())
        ? this
        : IdentityRulesReader.parse("rules in force", text + "\nin_force: [" + names + "]\n");
  }

  /** What holds for the evidence of a graph; what becomes of households is {@link Households}. */
  GraphRules graph(String name) {
    return name.equals(GraphRules.HOUSEHOLD) ? Households.evidenceRules(household) : person;
  }

  /** SHA-256 of the text, 64 hex digits. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
