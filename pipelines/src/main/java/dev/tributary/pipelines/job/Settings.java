package dev.tributary.pipelines.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All given settings of a run: those of the file named by {@code config=FILE}, then the arguments.
 */
final class Settings {
  static final String FILE_KEY = "config";

  private final Map<String, Setting> byKey;

  private Settings(Map<String, Setting> byKey) {
    this.byKey = byKey;
  }

  /**
   * Reads the arguments and the file they may name; an argument beats the file.
   *
   * @throws JobException for an argument that is not {@code key=value} or is given twice
   */
  static Settings read(List<String> arguments) {
    Map<String, Setting> given = new LinkedHashMap<>();
    for (String argument : arguments) {
      Setting setting = parse(argument);
      if (given.put(setting.key(), setting) != null) {
        throw JobErrors.usage("Key '" + setting.key() + "' is given twice", null, "give it once");
      }
    }
    Map<String, Setting> all = new LinkedHashMap<>();
    Setting file = given.remove(FILE_KEY);
    if (file != null) {
      ConfigFile.read(Path.of(file.joined())).forEach(s -> all.put(s.key(), s));
    }
    all.putAll(given);
    return new Settings(all);
  }

  private static Setting parse(String argument) {
    int equals = argument.indexOf('=');
    if (equals <= 0) {
      String example = argument.replaceAll("^-+", "");
      throw JobErrors.usage(
          "The argument '" + argument + "' is not key=value",
          null,
          "write for example " + (example.isBlank() ? "key" : example) + "=<value>");
    }
    return Setting.text(
        argument.substring(0, equals).strip(),
        argument.substring(equals + 1),
        Setting.COMMAND_LINE);
  }

  Optional<Setting> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The settings below {@code prefix}, which ends with a dot, keyed by what follows it. */
  Map<String, String> below(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Setting setting : byKey.values()) {
      if (setting.key().startsWith(prefix) && setting.key().length() > prefix.length()) {
        found.put(setting.key().substring(prefix.length()), setting.joined());
      }
    }
    return found;
  }

  /** Fails for the first key that none of {@code keys} takes. */
  void refuseUnknown(Collection<ConfigKey> keys) {
    for (Setting setting : byKey.values()) {
      if (keys.stream().noneMatch(key -> key.takes(setting.key()))) {
        List<String> known = new ArrayList<>(keys.stream().map(ConfigKey::shownName).toList());
        known.add(FILE_KEY);
        throw JobErrors.unknownKey(setting.key(), setting.origin(), known);
      }
    }
  }

  Collection<Setting> all() {
    return byKey.values();
  }
}
