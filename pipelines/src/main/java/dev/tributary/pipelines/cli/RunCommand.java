package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobRunner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary run <job> [key=value …]}. */
@Command(
    name = "run",
    description = {
      "Run a job.",
      "The last line of standard output is one JSON object with the counts, the versions and the"
          + " duration. 'tributary jobs' lists all jobs, 'tributary run <job> --help' the keys of one."
    })
final class RunCommand implements Callable<Integer> {
  @ParentCommand private Tributary root;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      description = "Show this help, or that of the job")
  private boolean help;

  @Parameters(index = "0", arity = "0..1", paramLabel = "<job>", description = "The job's name")
  private String name;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Configuration; config=FILE names a file of more (.yaml, .json, .properties)")
  private List<String> arguments = List.of();

  @Mixin private SizingOptions sizing;

  @Override
  public Integer call() {
    if (name == null) {
      return withoutJob();
    }
    Optional<Job<?>> job = root.jobs().stream().filter(j -> j.name().equals(name)).findFirst();
    if (help && job.isPresent()) {
      spec.commandLine().getOut().print(JobHelp.of(job.get()));
      spec.commandLine().getOut().flush();
      return ExitCode.SUCCESS.code();
    }
    if (job.isEmpty()) {
      List<String> names = root.jobs().stream().map(Job::name).toList();
      return new JobRunner(root.runSetting())
          .refuse(name, JobErrors.unknownJob(name, names))
          .code();
    }
    JobRunner runner = new JobRunner(root.runSetting(), sizing.of(root.lake()));
    try {
      return runner.run(job.get(), arguments).code();
    } finally {
      stopSpark();
    }
  }

  private int withoutJob() {
    if (help) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return ExitCode.SUCCESS.code();
    }
    spec.commandLine()
        .getErr()
        .println(
            "error: No job is named. Fix: tributary run <job> [key=value …]; 'tributary jobs' lists all jobs.");
    return ExitCode.USAGE.code();
  }

  // A cluster marks an application as failed whose session is not stopped; Databricks shares its
  // own.
  static void stopSpark() {
    if (System.getenv("DATABRICKS_RUNTIME_VERSION") == null
        && SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }
}
