package dev.tributary.pipelines.job;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns {@code key=value} arguments and a {@code config=FILE} into a configuration record.
 *
 * <p>A component {@code maxBatchRows} is the key {@code max-batch-rows}; a component that is a
 * record prefixes its own with its name and a dot; a {@code Map<String, String>} takes every key
 * below its name ({@code kafka.security.protocol=SSL}). Values may be String, int, long, double,
 * boolean, {@link java.time.Duration}, {@link java.time.Instant}, {@link java.nio.file.Path}, an
 * enum, an {@link Optional} or a list (with commas) of these. An absent list or map is empty; any
 * other key without a {@link Default} must be given. What the compact constructor refuses is a
 * configuration error.
 */
public final class ConfigBinder {
  private final String job;
  private final Settings settings;

  ConfigBinder(String job, Settings settings) {
    this.job = job;
    this.settings = settings;
  }

  /**
   * Binds arguments to a record.
   *
   * @throws JobException with exit code 2 for an unknown key, a wrong value or a missing one
   */
  public static <C extends Record> C bind(Class<C> type, String... arguments) {
    Settings settings = Settings.read(Arrays.asList(arguments));
    settings.refuseUnknown(ConfigKey.of(type));
    return new ConfigBinder(type.getSimpleName(), settings).fill(type);
  }

  <C extends Record> C fill(Class<C> type) {
    List<String> missing =
        ConfigKey.of(type).stream()
            .filter(key -> key.required() && settings.find(key.name()).isEmpty())
            .map(ConfigKey::name)
            .toList();
    if (!missing.isEmpty()) {
      throw JobErrors.missingKeys(job, missing);
    }
    return record(type, "");
  }

  private <R> R record(Class<R> type, String prefix) {
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      values.add(
          component.getType().isRecord()
              ? record(component.getType(), prefix + ConfigKey.kebab(component.getName()) + ".")
              : value(ConfigKey.of(component, prefix)));
    }
    return construct(type, types.toArray(Class<?>[]::new), values.toArray());
  }

  private Object value(ConfigKey key) {
    Optional<Setting> given = settings.find(key.name()).or(() -> fallback(key));
    return switch (key.shape()) {
      case PREFIX -> Map.copyOf(settings.below(key.name() + "."));
      case LIST -> given.map(setting -> list(key, setting)).orElse(List.of());
      case OPTIONAL -> given.map(setting -> parse(key, setting, setting.joined()));
      case SINGLE -> parse(key, given.orElseThrow(), given.orElseThrow().joined());
    };
  }

  private static Optional<Setting> fallback(ConfigKey key) {
    return key.defaultText().map(text -> Setting.text(key.name(), text, "default"));
  }

  private static List<Object> list(ConfigKey key, Setting setting) {
    List<String> items =
        setting.list() ? setting.items() : Arrays.asList(setting.joined().split(","));
    return items.stream()
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .map(item -> parse(key, setting, item))
        .toList();
  }

  private static Object parse(ConfigKey key, Setting setting, String text) {
    ValueForm form = ValueForm.of(key.valueType());
    try {
      return form.parser().apply(text);
    } catch (RuntimeException notOfThisForm) {
      String shown = key.secret() ? Secrets.HIDDEN : text;
      throw JobErrors.badValue(key.name(), shown, setting.origin(), form);
    }
  }

  private <R> R construct(Class<R> type, Class<?>[] types, Object[] values) {
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof JobException known) {
        throw known;
      }
      throw JobErrors.error(
          ExitCode.USAGE,
          "The configuration of '" + job + "' is not valid",
          e.getCause().getMessage(),
          null,
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be constructed", e);
    }
  }
}
