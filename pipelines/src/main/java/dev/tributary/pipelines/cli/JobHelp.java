package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.ConfigDoc;
import dev.tributary.pipelines.job.Job;
import java.util.List;

/** What {@code tributary run <job> --help} prints: the keys, their forms, defaults and meanings. */
final class JobHelp {
  private static final List<String> HEADER = List.of("key", "form", "default", "meaning");

  private JobHelp() {}

  static String of(Job<?> job) {
    String newLine = System.lineSeparator();
    return String.join(
        newLine,
        "Usage: tributary run " + job.name() + " [key=value …]",
        job.description(),
        "",
        keys(ConfigDoc.of(job.configType()), "This job has no keys of its own." + newLine),
        "Every job also takes:",
        keys(ConfigDoc.ofEveryJob(), ""));
  }

  private static String keys(List<ConfigDoc> keys, String ifNone) {
    return keys.isEmpty()
        ? ifNone
        : TextColumns.of(HEADER, keys.stream().map(JobHelp::row).toList());
  }

  private static List<String> row(ConfigDoc key) {
    return List.of(key.key(), key.form(), key.defaultValue(), key.meaning());
  }
}
