package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import java.time.Duration;
import java.time.Instant;

/**
 * Resolves identities: {@code ./tributary run identity [rebuild=true] [dry-run=true]}.
 *
 * <p>Reads what its sources gained and lost since the last batch, resolves the groups that this
 * touches, and writes what changes; see the package. Killed at any instant and started again it
 * ends with the same tables: a batch is planned before it writes, every table takes a batch once,
 * and the cursor is written last.
 */
public final class IdentityJob implements Job<IdentityConfig> {
  private static final Duration NAP = Duration.ofMillis(200);

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public String description() {
    return "Resolve identifiers to stable profiles, from new evidence only";
  }

  @Override
  public Class<IdentityConfig> configType() {
    return IdentityConfig.class;
  }

  @Override
  public JobResult run(JobContext context, IdentityConfig config) throws Exception {
    IdentityRun run = new IdentityRun(context, config);
    if (config.continuous()) {
      context.onStop(() -> {}); // the loop below looks at stopRequested
    }
    JobResult result = run.once(config.rebuild());
    long batches = 1;
    while (config.continuous() && !context.stopRequested()) {
      rest(context, config.interval());
      if (!context.stopRequested()) {
        result = run.once(false);
        batches++;
      }
    }
    return config.continuous() ? result.and("batches", batches) : result;
  }

  private static void rest(JobContext context, Duration interval) throws InterruptedException {
    Instant until = context.clock().instant().plus(interval);
    while (!context.stopRequested() && context.clock().instant().isBefore(until)) {
      Thread.sleep(NAP.toMillis());
    }
  }
}
