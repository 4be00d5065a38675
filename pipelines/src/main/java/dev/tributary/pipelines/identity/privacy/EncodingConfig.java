package dev.tributary.pipelines.identity.privacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is encoded and how. Everything but columns must be the same for both parties.
 *
 * @param id the column of the record ids; empty: records are numbered from 1
 * @param ignored columns left out, with the reason
 * @param maxBlock a blocking key that more records of one party hold is left out, at least 2
 */
public record EncodingConfig(
    Optional<String> id,
    List<Field> fields,
    List<String> blocking,
    Map<String, String> ignored,
    Hardening hardening,
    int maxBlock) {
  /** Frequent keys tell most and cost most; the bound is the same for every table. */
  static final int DEFAULT_MAX_BLOCK = 100;

  /** A comparison of all fields must fit into 64 bits. */
  static final int MOST_FIELDS = 64 / PrivateModel.FIELD_BITS;

  public EncodingConfig {
    fields = List.copyOf(fields);
    blocking = List.copyOf(blocking);
    if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
      throw new IllegalArgumentException(
          "there are "
              + fields.size()
              + " fields; 1 to "
              + MOST_FIELDS
              + " can be encoded: ignore some");
    }
    if (blocking.isEmpty() || blocking.size() > 100) {
      throw new IllegalArgumentException(
          "there are " + blocking.size() + " blocking passes; 1 to 100 are possible");
    }
    if (maxBlock < 2) {
      throw new IllegalArgumentException("max_block is " + maxBlock + "; it must be at least 2");
    }
  }

  List<BlockingPass> passes() {
    return blocking.stream().map(BlockingPass::parse).toList();
  }

  EncodingConfig with(Hardening changed) {
    return new EncodingConfig(id, fields, blocking, ignored, changed, maxBlock);
  }

  /** As YAML that {@link ConfigReader} reads, for the partner. */
  public String toYaml() {
    StringBuilder yaml = new StringBuilder();
    id.ifPresent(column -> yaml.append("id: ").append(quoted(column)).append('\n'));
    yaml.append("fields:\n");
    for (Field field : fields) {
      yaml.append("  ").append(quoted(field.name())).append(": ");
      yaml.append(
          field.name().equals(field.column())
              ? field.kind().label()
              : "{kind: " + field.kind().label() + ", column: " + quoted(field.column()) + "}");
      yaml.append('\n');
    }
    ignored.forEach(
        (column, why) ->
            yaml.append("  ")
                .append(quoted(column))
                .append(": ignore # ")
                .append(why)
                .append('\n'));
    yaml.append("blocking:\n");
    blocking.forEach(pass -> yaml.append("  - ").append(quoted(pass)).append('\n'));
    yaml.append("max_block: ").append(maxBlock).append('\n');
    return yaml.append(hardeningYaml()).toString();
  }

  private String hardeningYaml() {
    return "hardening:\n"
        + Map.of(
                "bits", hardening.bits(),
                "fill", hardening.fill(),
                "salted", hardening.salted(),
                "balanced", hardening.balanced(),
                "folds", hardening.folds(),
                "diffusion", hardening.diffusion(),
                "flip", hardening.flip())
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> "  " + setting.getKey() + ": " + setting.getValue() + "\n")
            .collect(Collectors.joining());
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_]*") ? text : "'" + text.replace("'", "''") + "'";
  }
}
