package dev.tributary.pipelines.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What models there are, and whose evidence counts.
 *
 * @param external version of a model outside the lake that writes {@code identity.matches}, if any
 * @param records models of records
 * @param behaviour model of devices, if any
 * @param inForce rule names of the lake's own models, such as {@code model:customers-1}
 */
record ModelRules(
    Optional<String> external,
    List<RecordRule> records,
    Optional<BehaviourRule> behaviour,
    List<String> inForce) {
  static final String MODEL_PREFIX = "model:";
  static final String BEHAVIOUR_PREFIX = "behaviour:";

  ModelRules {
    records = List.copyOf(records);
    inForce = List.copyOf(inForce);
  }

  /** Whether the rules describe models that are learned here. */
  boolean any() {
    return !records.isEmpty() || behaviour.isPresent();
  }

  /** The rule of each model version whose matches count. */
  Map<String, String> ruleOfVersion() {
    Map<String, String> rules = new LinkedHashMap<>();
    external.ifPresent(version -> rules.put(version, MODEL_PREFIX + version));
    inForce.forEach(rule -> rules.put(version(rule), rule));
    return rules;
  }

  static String version(String rule) {
    return rule.substring(rule.indexOf(':') + 1);
  }

  /** The tables that models read, as rules name them. */
  Set<String> tables() {
    List<String> tables = new ArrayList<>();
    records.forEach(rule -> rule.tables().forEach(source -> tables.add(source.table())));
    behaviour.ifPresent(rule -> rule.tables().forEach(source -> tables.add(source.table())));
    return new TreeSet<>(tables);
  }
}
