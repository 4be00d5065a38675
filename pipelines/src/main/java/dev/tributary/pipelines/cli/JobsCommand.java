package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.Job;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary jobs}: what can be run. */
@Command(name = "jobs", description = "List all jobs.", mixinStandardHelpOptions = true)
final class JobsCommand implements Runnable {
  @ParentCommand private Tributary root;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<List<String>> rows =
        root.jobs().stream().map((Job<?> job) -> List.of(job.name(), job.description())).toList();
    spec.commandLine().getOut().print(TextColumns.of(List.of("job", "what it does"), rows));
    spec.commandLine().getOut().flush();
  }
}
