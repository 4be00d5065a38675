package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.Versions;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: our version, then those of what we stand on. */
final class VersionLines implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Map<String, String> versions = Versions.all();
    String ours = "tributary " + versions.remove("tributary");
    String others =
        String.join(", ", versions.entrySet().stream().map(VersionLines::text).toList());
    return new String[] {ours, others};
  }

  private static String text(Map.Entry<String, String> version) {
    return version.getKey() + " " + version.getValue();
  }
}
