package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_FROM;
import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_OFFSET;
import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_PARTITION;

import dev.tributary.schemas.contract.LandingBatchColumns;
import io.delta.kernel.expressions.And;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Commits a decided batch: every table its files, in an order that makes the ledger the proof.
 * Repeating a commit changes nothing, since each table knows the stream's last batch.
 */
final class BatchCommitter {
  private static final int COMMITS_AT_ONCE = 4;

  private final String lake;
  private final Configuration hadoop;
  private final DeltaTables tables;

  BatchCommitter(String lake, Configuration hadoop) {
    this.lake = lake;
    this.hadoop = hadoop;
    this.tables = new DeltaTables(lake, hadoop);
  }

  /**
   * Commits what is missing of a batch. The ledger is asked before anything is committed: a batch
   * that it holds has nothing missing, whatever this manifest says.
   *
   * @return false when the ledger holds the batch, by way of this manifest or another
   */
  boolean commit(BatchManifest manifest) throws IOException {
    Map<String, List<WrittenFile>> byTable =
        manifest.files().stream().collect(Collectors.groupingBy(WrittenFile::table));
    List<WrittenFile> timeline = byTable.remove(FixedTables.ACTIVITY.name());
    List<WrittenFile> proof = byTable.remove(FixedTables.BATCHES.name());
    var ledger = tables.begin(FixedTables.BATCHES.name(), manifest.application(), manifest.batch());
    if (ledger.isEmpty()) {
      return false;
    }
    commitAll(manifest, byTable);
    if (timeline != null) {
      append(manifest, FixedTables.ACTIVITY.name(), timeline);
    }
    return ledger.get().commit(proof);
  }

  /**
   * Commits what is missing of a batch that another attempt decided, perhaps long ago.
   *
   * @return false when the batch has to be landed anew, since nothing of it was committed and its
   *     files are gone
   */
  boolean resume(BatchManifest manifest) throws IOException {
    List<String> gone = new ArrayList<>();
    boolean any = false;
    for (var entry :
        manifest.files().stream().collect(Collectors.groupingBy(WrittenFile::table)).entrySet()) {
      long last = tables.committed(entry.getKey(), manifest.application()).orElse(-1L);
      if (last >= manifest.batch()) {
        any = true;
      } else {
        for (WrittenFile file : entry.getValue()) {
          Path path = path(file);
          if (!path.getFileSystem(hadoop).exists(path)) {
            gone.add(path.toString());
          }
        }
      }
    }
    if (!gone.isEmpty() && !holds(manifest)) {
      if (any) {
        throw LandingErrors.filesGone(manifest, gone);
      }
      return false;
    }
    commit(manifest);
    return true;
  }

  private boolean holds(BatchManifest manifest) {
    return tables.committed(FixedTables.BATCHES.name(), manifest.application()).orElse(-1L)
        >= manifest.batch();
  }

  /** Whether it was this manifest whose batch the ledger holds, and not another attempt's. */
  boolean isProof(BatchManifest manifest) throws IOException {
    List<String> proof =
        manifest.files().stream()
            .filter(file -> file.table().equals(FixedTables.BATCHES.name()))
            .map(WrittenFile::path)
            .toList();
    Predicate rows =
        new And(
            comparison(
                "=", LandingBatchColumns.APPLICATION, Literal.ofString(manifest.application())),
            comparison("=", LandingBatchColumns.BATCH, Literal.ofLong(manifest.batch())));
    return tables.files(FixedTables.BATCHES.name(), rows).stream()
        .anyMatch(held -> proof.stream().anyMatch(held::endsWith));
  }

  private void commitAll(BatchManifest manifest, Map<String, List<WrittenFile>> byTable)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(COMMITS_AT_ONCE);
    try {
      List<Future<Boolean>> commits = new ArrayList<>();
      byTable.forEach(
          (table, files) -> commits.add(pool.submit(() -> append(manifest, table, files))));
      for (Future<Boolean> commit : commits) {
        commit.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while committing batch " + manifest.batch(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private boolean append(BatchManifest manifest, String table, List<WrittenFile> files)
      throws IOException {
    return tables.append(table, files, manifest.application(), manifest.batch());
  }

  /**
   * Where the ids of each partition stand: in the timeline, or among the copies taken out of it.
   */
  Map<String, BatchContext.IdFiles> idFiles(List<Ledger.Horizon> horizons) throws IOException {
    Map<String, BatchContext.IdFiles> sources = new HashMap<>();
    for (Ledger.Horizon horizon : horizons) {
      Predicate rows =
          new And(
              new And(
                  comparison("=", LANDED_FROM, Literal.ofString(horizon.landedFrom())),
                  comparison("=", LANDED_PARTITION, Literal.ofInt(horizon.partition()))),
              comparison(">=", LANDED_OFFSET, Literal.ofLong(horizon.fromOffset())));
      List<String> files = new ArrayList<>(tables.files(FixedTables.ACTIVITY.name(), rows));
      files.addAll(tables.files(FixedTables.DUPLICATES.name(), rows));
      sources.put(
          BatchContext.partition(horizon.landedFrom(), horizon.partition()),
          new BatchContext.IdFiles(
              files,
              horizon.fromOffset(),
              horizon.batches().stream().mapToLong(Ledger.Past::landedAt).toArray(),
              horizon.batches().stream().mapToLong(Ledger.Past::maxTime).toArray()));
    }
    return sources;
  }

  private static Predicate comparison(String operator, String column, Literal value) {
    return new Predicate(operator, new Column(column), value);
  }

  void delete(WrittenFile file) throws IOException {
    Path path = path(file);
    path.getFileSystem(hadoop).delete(path, false);
  }

  private Path path(WrittenFile file) {
    return new Path(tables.root(file.table()), file.path());
  }
}
