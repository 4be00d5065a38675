package dev.tributary.pipelines.job;

import java.util.List;
import java.util.Objects;

/**
 * One given configuration value, before it has a type.
 *
 * @param key the full key, e.g. {@code kafka.security.protocol}
 * @param items the text of the value; several only where a file gives a list
 * @param list whether a file gave a list, which is then not split at commas
 * @param origin where it was given, for messages: "command line" or "file.yaml:3"
 */
record Setting(String key, List<String> items, boolean list, String origin) {
  static final String COMMAND_LINE = "command line";

  Setting {
    Objects.requireNonNull(key, "key");
    items = List.copyOf(items);
    Objects.requireNonNull(origin, "origin");
  }

  static Setting text(String key, String value, String origin) {
    return new Setting(key, List.of(value), false, origin);
  }

  String joined() {
    return String.join(",", items);
  }
}
