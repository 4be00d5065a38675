package dev.tributary.pipelines.job;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes SIGTERM and SIGINT before the JVM's own shutdown does, because that would stop Spark under
 * a job that is still ending its batch. By reflection: {@code sun.misc.Signal} is supported (module
 * jdk.unsupported) but warns when compiled against.
 */
final class StopSignals implements AutoCloseable {
  private final Map<String, Object> previous = new LinkedHashMap<>();

  private StopSignals() {}

  /** Calls {@code handler}, on a thread of its own, for each signal that arrives until closed. */
  static StopSignals handle(Consumer<ExitCode> handler) {
    StopSignals signals = new StopSignals();
    signals.install("TERM", () -> handler.accept(ExitCode.TERMINATED));
    signals.install("INT", () -> handler.accept(ExitCode.INTERRUPTED));
    return signals;
  }

  private void install(String name, Runnable action) {
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> answer(proxy, method, arguments, action));
      previous.put(name, set(name, handler));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      System.err.println(
          "warning: SIG" + name + " cannot be handled (" + e + "); it ends the run at once");
    }
  }

  private static Object answer(Object proxy, Method method, Object[] arguments, Runnable action) {
    return switch (method.getName()) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "StopSignals";
    };
  }

  private static Object set(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }

  @Override
  public void close() {
    previous.forEach(
        (name, handler) -> {
          try {
            set(name, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIG" + name + " cannot be given back", e);
          }
        });
  }
}
