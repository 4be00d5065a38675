package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.schemas.contract.IdentityBatchColumns;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on takes in what lands meanwhile, and ends where one batch would. */
class ContinuousTest {
  private static final List<Event> FIRST =
      List.of(Event.login(1, "d1", "u1"), Event.login(2, "d2", "u2"));
  private static final List<Event> LATER =
      List.of(Event.login(30, "d3", "u3"), Event.login(0, "d0", "u1"));
  private static final List<Account> ACCOUNTS =
      List.of(
          new Account(40, "u1", "x@example.com", true, null),
          new Account(41, "u3", "x@example.com", true, null));

  @TempDir Path directory;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void whatLandsWhileItRunsIsResolvedAsInOneBatch() throws Exception {
    IdentityLake lake = new IdentityLake(directory.resolve("continuous"));
    lake.land(FIRST);
    JobContext context = JobContext.of(Lake.at(lake.directory()).toString(), lake.spark());
    IdentityConfig config =
        ConfigBinder.bind(IdentityConfig.class, "trigger=continuous", "interval=0s");
    CompletableFuture<JobResult> run =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new IdentityJob().run(context, config);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await(lake, run, 1);
    lake.land(LATER);
    await(lake, run, 2);
    lake.accounts(ACCOUNTS);
    await(lake, run, 3);
    assertThat(context.requestStop()).as("it says how to stop").isTrue();
    assertThat((Long) run.get().values().get("batches")).isGreaterThanOrEqualTo(3);

    IdentityLake once = new IdentityLake(directory.resolve("once"));
    once.land(FIRST);
    once.land(LATER);
    once.accounts(ACCOUNTS);
    once.run();
    assertThat(lake.links()).isEqualTo(once.links());
    assertThat(lake.links().get("user_id:u3")).isEqualTo(lake.links().get("anonymous_id:d0"));
  }

  private static void await(IdentityLake lake, CompletableFuture<JobResult> run, long batch)
      throws Exception {
    IdentityTables tables = new IdentityTables(lake.spark(), Lake.at(lake.directory()).toString());
    while (tables.committed(IdentityBatchColumns.TABLE).orElse(0) < batch) {
      if (run.isDone()) {
        run.get();
        throw new AssertionError("the run ended before batch " + batch);
      }
      Thread.sleep(50);
    }
  }
}
