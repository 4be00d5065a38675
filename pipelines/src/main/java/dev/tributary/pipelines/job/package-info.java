/**
 * The contract every job keeps: typed configuration, exit codes, the closing JSON line, run
 * records, Spark metrics and OpenLineage events.
 *
 * <p>Reads configuration files, {@code key=value} arguments and the {@code OPENLINEAGE_*}
 * environment. Writes {@code ops.job_runs}, {@code ops.job_metrics} and lineage events. Must not
 * know any job, nor the command line.
 */
package dev.tributary.pipelines.job;
