package dev.tributary.pipelines.identity;

import dev.tributary.schemas.contract.IdentityAliasColumns;
import dev.tributary.schemas.contract.IdentityAssignmentColumns;
import dev.tributary.schemas.contract.IdentityChangeColumns;
import dev.tributary.schemas.contract.IdentityDropColumns;
import dev.tributary.schemas.contract.IdentityExcludedColumns;
import dev.tributary.schemas.contract.IdentityGroupColumns;
import dev.tributary.schemas.contract.IdentityProfileColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes what a batch came to; tables that gain nothing are left alone. */
final class OutcomeWriter {
  private static final int WRITERS = 4;

  private final IdentityTables tables;
  private final BatchPlan plan;
  private final List<Callable<Void>> writes = new ArrayList<>();

  OutcomeWriter(IdentityTables tables, BatchPlan plan) {
    this.tables = tables;
    this.plan = plan;
  }

  void write(IdentityBatch.Resolved resolved, OutcomeCounts counts) {
    Dataset<Row> outcome = resolved.outcome();
    Dataset<Row> assignments = Outcome.assignments(outcome);
    if (plan.rebuild()) {
      overwrite(IdentityAssignmentColumns.TABLE, assignments);
    } else if (counts.has(Outcome.ASSIGNMENT)) {
      append(IdentityAssignmentColumns.TABLE, assignments);
    }
    if (counts.has(Outcome.PROFILE)) {
      append(IdentityProfileColumns.TABLE, Outcome.profiles(outcome));
    }
    if (counts.has(Outcome.CHANGE)) {
      append(IdentityChangeColumns.TABLE, Outcome.changes(outcome));
    }
    if (counts.has(Outcome.ALIAS)) {
      append(IdentityAliasColumns.TABLE, Outcome.aliases(outcome));
    }
    if (counts.has(Outcome.DROP)) {
      append(IdentityDropColumns.TABLE, Outcome.drops(outcome));
    }
    excluded(resolved, counts);
    joins(resolved.joins());
    all();
  }

  private void excluded(IdentityBatch.Resolved resolved, OutcomeCounts counts) {
    String table = IdentityExcludedColumns.TABLE;
    Dataset<Row> excluded = Outcome.excluded(resolved.outcome());
    if (resolved.excluded() != null) {
      excluded = excluded.unionByName(resolved.excluded());
    }
    if (plan.rebuild()) {
      overwrite(table, excluded);
    } else if (resolved.stillExcluded() != null) {
      overwrite(table, resolved.stillExcluded().unionByName(excluded));
    } else if (resolved.excluded() != null || counts.has(Outcome.EXCLUDED)) {
      append(table, excluded);
    }
  }

  private void joins(Dataset<Row> joins) {
    String table = IdentityGroupColumns.TABLE;
    if (joins != null) {
      append(table, joins.withColumn(IdentityGroupColumns.BATCH, Parameter.of(plan.batch())));
    } else if (plan.rebuild()) {
      overwrite(table, tables.at(table, -1));
    }
  }

  private void append(String table, Dataset<Row> rows) {
    writes.add(
        () -> {
          tables.append(table, rows, plan.batch());
          return null;
        });
  }

  private void overwrite(String table, Dataset<Row> rows) {
    writes.add(
        () -> {
          tables.overwrite(table, rows, plan.batch());
          return null;
        });
  }

  /** Commits are mostly waiting, so they go side by side; each failure is told. */
  private void all() {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    Throwable failure = null;
    try {
      for (Future<Void> future : pool.invokeAll(writes)) {
        failure = joined(failure, failureOf(future));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw IdentityErrors.failed("The batch was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
    if (failure instanceof RuntimeException told) {
      throw told;
    } else if (failure instanceof Error told) {
      throw told;
    } else if (failure != null) {
      throw IdentityErrors.failed("A table of the batch could not be written", failure);
    }
  }

  private static Throwable failureOf(Future<Void> done) throws InterruptedException {
    try {
      done.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static Throwable joined(Throwable first, Throwable next) {
    if (first != null && next != null && first != next) {
      first.addSuppressed(next);
    }
    return first == null ? next : first;
  }
}
