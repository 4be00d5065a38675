package dev.tributary.pipelines.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One key of a job as its help shows it. */
public record ConfigDoc(String key, String form, String defaultValue, String meaning) {

  /** The keys of a configuration record, in the order of its components. */
  public static List<ConfigDoc> of(Class<? extends Record> type) {
    return ConfigKey.of(type).stream().map(ConfigDoc::of).toList();
  }

  /** The keys that every job takes besides its own. */
  public static List<ConfigDoc> ofEveryJob() {
    List<ConfigDoc> docs = new ArrayList<>();
    docs.add(
        new ConfigDoc(
            Settings.FILE_KEY, "path", "", "a file of keys: .yaml, .json or .properties"));
    docs.addAll(of(RunConfig.class));
    return List.copyOf(docs);
  }

  private static ConfigDoc of(ConfigKey key) {
    return new ConfigDoc(key.shownName(), form(key), defaultValue(key), key.doc());
  }

  private static String form(ConfigKey key) {
    Class<?> type = key.valueType();
    String one =
        type.isEnum()
            ? ValueForm.of(type).expected().replace("one of ", "").replace(", ", "|")
            : type.getSimpleName().toLowerCase(Locale.ROOT).replace("string", "text");
    return key.shape() == ConfigKey.Shape.LIST ? one + ",…" : one;
  }

  private static String defaultValue(ConfigKey key) {
    return key.required() ? "required" : key.defaultText().orElse("");
  }
}
