package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobRunner;
import dev.tributary.pipelines.landing.CheckLandingJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary check [key=value …]}: the job {@code check-landing} by a shorter name. */
@Command(
    name = "check",
    description = {
      "Prove from the tables that nothing was lost in landing; exit code 3 when something was.",
      "With kafka.bootstrap.servers=… the topics are compared, too."
    })
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private Tributary root;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      description = "Show the keys of the check")
  private boolean help;

  @Parameters(arity = "0..*", paramLabel = "key=value", description = "Configuration")
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    CheckLandingJob job = new CheckLandingJob();
    if (help) {
      spec.commandLine().getOut().print(JobHelp.of(job));
      spec.commandLine().getOut().flush();
      return ExitCode.SUCCESS.code();
    }
    try {
      return new JobRunner(root.runSetting()).run(job, arguments).code();
    } finally {
      RunCommand.stopSpark();
    }
  }
}
