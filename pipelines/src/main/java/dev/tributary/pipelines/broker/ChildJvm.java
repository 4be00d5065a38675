package dev.tributary.pipelines.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM beside this one, on the same class path, that dies with its parent: its standard input is
 * the parent's pipe, and {@link #exitWithParent} in the child ends it at end of file, which comes
 * even when the parent is killed. Its standard error goes to a log file, its standard output is
 * read by line.
 */
public final class ChildJvm implements AutoCloseable {

  private static final String END = new String("end of output");

  private final String name;
  private final Process process;
  private final Path log;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::readOutput, name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code mainClass} in a child JVM.
   *
   * @param name how errors call it
   * @param heapMegabytes the child's -Xmx
   * @param jvmOptions further options of the child's JVM
   * @param log receives the child's standard error; overwritten
   */
  public static ChildJvm start(
      String name,
      Class<?> mainClass,
      int heapMegabytes,
      List<String> jvmOptions,
      List<String> arguments,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseParallelGC");
    command.addAll(jvmOptions);
    command.add(mainClass.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // By the environment and not as an option: a class path may be longer than one argument can be.
    builder.environment().put("CLASSPATH", classPath());
    builder.redirectError(log.toFile());
    try {
      return new ChildJvm(name, builder.start(), log);
    } catch (IOException e) {
      throw BrokerException.childNotStarted(name, e);
    }
  }

  /** To be called first in a child's main: ends this JVM, by way of its hooks, with its parent. */
  public static void exitWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // The parent writes nothing; only the end of the pipe matters.
                }
              } catch (IOException e) {
                System.err.println("Lost the parent process: " + e.getMessage());
              }
              System.exit(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the child runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for a line of output that starts with {@code prefix}; returns what follows it. */
  public String awaitLine(String prefix, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw BrokerException.notReady(name, timeout, log);
        }
        if (line == END) {
          throw BrokerException.childEnded(name, process.waitFor(), log);
        }
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BrokerException.notReady(name, timeout, log);
    }
  }

  /** Hands every line of output to {@code sink} until the child ends, and returns its exit code. */
  public int drain(Consumer<String> sink) throws InterruptedException {
    for (String line = lines.take(); line != END; line = lines.take()) {
      sink.accept(line);
    }
    return process.waitFor();
  }

  /** Ends the child as {@code kill -9} does, and waits until it is gone; its output is read on. */
  public void kill() {
    // The process's own method would close what it has printed and nobody has read yet.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Asks the child to end by closing its input; kills it when that takes over 10 s. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private void readOutput() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": its output broke off", e);
    } finally {
      lines.add(END);
    }
  }

  /** Absolute, because a relative entry would depend on the working directory. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
