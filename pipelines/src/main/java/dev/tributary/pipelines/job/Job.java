package dev.tributary.pipelines.job;

/**
 * A unit of work that one command starts: {@code ./tributary run <name> [key=value …]}.
 *
 * <p>A job is idempotent and restartable: killed at any instant and started again, it ends with the
 * same tables as an undisturbed run. It writes its tables to {@link JobContext#lake()}, returns its
 * counts, and fails by throwing: a {@link JobException} decides the exit code, anything else is
 * exit code 1.
 *
 * @param <C> the configuration: a record whose components are the keys, bound from a file and
 *     {@code key=value} arguments
 */
public interface Job<C extends Record> {

  /** The name on the command line, in kebab-case, unique among all jobs. */
  String name();

  /** What the job does, in one sentence. */
  String description();

  /** The record that holds the configuration. */
  Class<C> configType();

  /**
   * Does the work.
   *
   * @return the counts for the closing JSON line
   * @throws JobException with the exit code, for what the job itself recognises
   * @throws Exception for anything else; exit code 1
   */
  JobResult run(JobContext context, C config) throws Exception;
}
