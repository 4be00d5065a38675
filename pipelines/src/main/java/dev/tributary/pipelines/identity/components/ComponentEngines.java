package dev.tributary.pipelines.identity.components;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The engines at hand: the built-in one, and those that {@link ServiceLoader} finds on the class
 * path, as {@code graphframes} from the module of that name.
 */
public final class ComponentEngines {
  /**
   * The default: the built-in engine, even where GraphFrames is on the class path. The rows are the
   * same, and it is the faster one by far ({@code ./tributary bench components} measures both).
   */
  public static final String AUTO = "auto";

  /** {@link ContractionEngine}. */
  public static final String BUILTIN = "builtin";

  /** GraphFrames, through the module {@code pipelines/graphframes}. */
  public static final String GRAPHFRAMES = "graphframes";

  private ComponentEngines() {}

  /**
   * The engine of this name.
   *
   * @param name {@link #AUTO}, {@link #BUILTIN}, {@link #GRAPHFRAMES}, or that of another provider
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static ComponentEngine named(String name) {
    if (name.equals(AUTO) || name.equals(BUILTIN)) {
      return new ContractionEngine();
    }
    Map<String, ComponentEngine> found = found();
    ComponentEngine engine = found.get(name);
    if (engine == null) {
      throw ComponentErrors.noSuchEngine(name, names());
    }
    return engine;
  }

  /** The names of the engines at hand, the built-in one first. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(BUILTIN));
    names.addAll(found().keySet());
    return names;
  }

  private static Map<String, ComponentEngine> found() {
    Map<String, ComponentEngine> found = new TreeMap<>();
    for (ComponentEngine engine : ServiceLoader.load(ComponentEngine.class)) {
      found.put(engine.name(), engine);
    }
    return found;
  }
}
