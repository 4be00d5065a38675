package dev.tributary.pipelines.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs one job under the contract: binds its configuration, records the run, reports its metrics
 * and lineage, stops it in good order on a signal, and closes with one JSON line.
 */
public final class JobRunner {
  private final RunSetting setting;
  private final Optional<RunSizing> sizing;

  public JobRunner(RunSetting setting) {
    this(setting, Optional.empty());
  }

  /** A runner that has every run sized. */
  public JobRunner(RunSetting setting, Optional<RunSizing> sizing) {
    this.setting = setting;
    this.sizing = sizing;
  }

  /**
   * Runs the job to its end. Never throws: every failure becomes a paragraph on the error stream,
   * the closing line on the output stream, and the exit code.
   *
   * @param arguments {@code key=value} each; {@code config=FILE} names a file of more
   */
  public ExitCode run(Job<?> job, List<String> arguments) {
    return runTyped(job, arguments);
  }

  /**
   * Closes, as a run would, for a job that cannot be started, e.g. because there is none of the
   * name.
   */
  public ExitCode refuse(String name, JobException error) {
    return new JobReport(setting, name, RunId.next()).refused(error);
  }

  private <C extends Record> ExitCode runTyped(Job<C> job, List<String> arguments) {
    JobReport report = new JobReport(setting, job.name(), RunId.next());
    try {
      return new JobRun<>(job, bound(job, arguments, report), setting, report, sizing).execute();
    } catch (JobException e) {
      return report.refused(e);
    }
  }

  /** The job's configuration with what the runner takes for itself. */
  record Bound<C>(C config, RunConfig run, Lineage lineage, Map<String, String> shown) {}

  private <C extends Record> Bound<C> bound(Job<C> job, List<String> arguments, JobReport report) {
    List<ConfigKey> keys = new ArrayList<>(ConfigKey.of(job.configType()));
    keys.addAll(ConfigKey.of(RunConfig.class));
    Settings settings = Settings.read(arguments);
    report.hide(Secrets.of(settings, keys));
    settings.refuseUnknown(keys);
    ConfigBinder binder = new ConfigBinder(job.name(), settings);
    RunConfig run = binder.fill(RunConfig.class);
    return new Bound<>(
        binder.fill(job.configType()),
        run,
        Lineage.of(run.openlineage(), setting.environment()),
        shown(settings, keys, report));
  }

  /** Every key that has a value, given or by default, as it may be stored. */
  private static Map<String, String> shown(
      Settings settings, Collection<ConfigKey> keys, JobReport report) {
    Map<String, String> shown = new TreeMap<>();
    for (ConfigKey key : keys) {
      key.defaultText().ifPresent(text -> shown.put(key.name(), text));
    }
    for (Setting given : settings.all()) {
      boolean secret =
          Secrets.isSecretKey(given.key())
              || keys.stream().anyMatch(key -> key.secret() && key.takes(given.key()));
      shown.put(given.key(), secret ? Secrets.HIDDEN : report.scrubbed(given.joined()));
    }
    return shown;
  }
}
