package dev.tributary.pipelines.job;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One key that a configuration record takes.
 *
 * @param name in kebab-case, nested records with dots, e.g. {@code openlineage.api-key}
 * @param shape whether it is one value, one that may be absent, a list, or a prefix of many
 * @param valueType the type of the value, or of an item
 * @param defaultText what {@link Default} says
 * @param doc what {@link Doc} says; may be empty
 * @param secret whether its value must never be shown
 */
record ConfigKey(
    String name,
    Shape shape,
    Class<?> valueType,
    Optional<String> defaultText,
    String doc,
    boolean secret) {

  enum Shape {
    SINGLE,
    OPTIONAL,
    LIST,
    PREFIX
  }

  /**
   * The keys of a configuration record, nested records included, in the order of its components.
   */
  static List<ConfigKey> of(Class<? extends Record> type) {
    List<ConfigKey> keys = new ArrayList<>();
    collect(type, "", keys);
    return List.copyOf(keys);
  }

  private static void collect(Class<?> type, String prefix, List<ConfigKey> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        collect(component.getType(), prefix + kebab(component.getName()) + ".", keys);
      } else {
        keys.add(of(component, prefix));
      }
    }
  }

  static ConfigKey of(RecordComponent component, String prefix) {
    String name = prefix + kebab(component.getName());
    Shape shape = shape(component.getType());
    Class<?> valueType = valueType(component, shape);
    if (!ValueForm.isKnown(valueType)) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getName()
              + "."
              + component.getName()
              + ": configuration cannot hold "
              + component.getGenericType());
    }
    Default defaultText = component.getAnnotation(Default.class);
    Doc doc = component.getAnnotation(Doc.class);
    return new ConfigKey(
        name,
        shape,
        valueType,
        Optional.ofNullable(defaultText).map(Default::value),
        doc == null ? "" : doc.value(),
        component.isAnnotationPresent(Secret.class) || Secrets.isSecretKey(name));
  }

  private static Shape shape(Class<?> type) {
    if (type == Optional.class) {
      return Shape.OPTIONAL;
    }
    if (type == List.class) {
      return Shape.LIST;
    }
    return type == Map.class ? Shape.PREFIX : Shape.SINGLE;
  }

  private static Class<?> valueType(RecordComponent component, Shape shape) {
    if (shape == Shape.SINGLE) {
      return component.getType();
    }
    Type[] arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
    Type last = arguments[arguments.length - 1];
    boolean textKeys =
        shape != Shape.PREFIX || arguments[0] == String.class && last == String.class;
    return last instanceof Class<?> known && textKeys ? known : Object.class;
  }

  static String kebab(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** Whether a value must be given. */
  boolean required() {
    return shape == Shape.SINGLE && defaultText.isEmpty();
  }

  boolean takes(String key) {
    return shape == Shape.PREFIX
        ? key.startsWith(name + ".") && key.length() > name.length() + 1
        : key.equals(name);
  }

  /** The name as help and messages show it. */
  String shownName() {
    return shape == Shape.PREFIX ? name + ".*" : name;
  }
}
