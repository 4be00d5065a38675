package dev.tributary.schemas.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Loads directories: each file by itself, then each version number against its copies, then the
 * labels.
 */
final class RegistryLoader {
  private final LabelPolicy policy;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Refusal> warnings = new ArrayList<>();

  RegistryLoader(LabelPolicy policy) {
    this.policy = policy;
  }

  LoadReport load(List<Path> directories) {
    Map<SchemaKey, List<EventSchema>> read = new TreeMap<>();
    for (RegistryFiles.Found found : RegistryFiles.below(directories)) {
      try {
        EventSchema schema = SchemaFile.read(found);
        read.computeIfAbsent(schema.key(), key -> new ArrayList<>()).add(schema);
      } catch (RefusedException refused) {
        refusals.add(refused.refusal());
      }
    }
    SchemaRegistry registry = SchemaRegistry.of(honestlyLabelled(unambiguous(read)));
    refusals.sort(Comparator.comparing(Refusal::file));
    return new LoadReport(registry, refusals, warnings);
  }

  /** Of two files with one version number neither is taken: which one is meant cannot be known. */
  private List<EventSchema> unambiguous(Map<SchemaKey, List<EventSchema>> read) {
    List<EventSchema> schemas = new ArrayList<>();
    for (List<EventSchema> copies : read.values()) {
      if (copies.size() == 1) {
        schemas.add(copies.get(0));
      } else {
        copies.forEach(copy -> refusals.add(SchemaRefusals.duplicateVersion(copy, copies)));
      }
    }
    return schemas;
  }

  private List<EventSchema> honestlyLabelled(List<EventSchema> ascending) {
    List<EventSchema> accepted = new ArrayList<>();
    EventSchema last = null;
    for (EventSchema schema : ascending) {
      Optional<Refusal> understated = LabelCheck.understated(last, schema);
      if (understated.isEmpty() || policy == LabelPolicy.REPORT) {
        understated.ifPresent(warnings::add);
        accepted.add(schema);
        last = schema;
      } else {
        refusals.add(understated.get());
      }
    }
    return accepted;
  }
}
