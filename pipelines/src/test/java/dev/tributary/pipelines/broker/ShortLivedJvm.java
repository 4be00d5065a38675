package dev.tributary.pipelines.broker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs with Spark in them that a test starts for some seconds. */
public final class ShortLivedJvm {
  private ShortLivedJvm() {}

  /**
   * This JVM's options for Spark, and what makes a start cheap: no second compiler, and no check of
   * byte code that this JVM has loaded as well.
   */
  public static List<String> options() {
    List<String> options = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.startsWith("--add-opens") || it.startsWith("-Duser") || it.contains("jdk"))
        .forEach(options::add);
    options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
    options.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
    return options;
  }

  /** The same with a directory of its own for temporary files. */
  public static List<String> options(Path work) throws IOException {
    List<String> options = options();
    options.add("-Djava.io.tmpdir=" + Files.createDirectories(work.resolve("tmp")));
    return options;
  }
}
