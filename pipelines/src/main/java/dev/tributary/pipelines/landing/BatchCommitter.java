package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_FROM;
import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_OFFSET;
import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_PARTITION;

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
   * Commits what is missing of a batch.
   *
   * @return false when the whole batch was there already
   */
  boolean commit(BatchManifest manifest) throws IOException {
    Map<String, List<WrittenFile>> byTable =
        manifest.files().stream().collect(Collectors.groupingBy(WrittenFile::table));
    List<WrittenFile> timeline = byTable.remove(FixedTables.ACTIVITY.name());
    List<WrittenFile> proof = byTable.remove(FixedTables.BATCHES.name());
    boolean any = commitAll(manifest, byTable);
    if (timeline != null) {
      any |= append(manifest, FixedTables.ACTIVITY.name(), timeline);
    }
    return any | append(manifest, FixedTables.BATCHES.name(), proof);
  }

  private boolean commitAll(BatchManifest manifest, Map<String, List<WrittenFile>> byTable)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(COMMITS_AT_ONCE);
    try {
      List<Future<Boolean>> commits = new ArrayList<>();
      byTable.forEach(
          (table, files) -> commits.add(pool.submit(() -> append(manifest, table, files))));
      boolean any = false;
      for (Future<Boolean> commit : commits) {
        any |= commit.get();
      }
      return any;
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
   * Where the ids of each partition stand in the timeline.
   *
   * @param from partition (topic and number) → the first offset within the horizon
   */
  Map<String, BatchContext.IdFiles> idFiles(Map<String, StreamState.Horizon> from)
      throws IOException {
    Map<String, BatchContext.IdFiles> sources = new HashMap<>();
    for (Map.Entry<String, StreamState.Horizon> entry : from.entrySet()) {
      StreamState.Horizon horizon = entry.getValue();
      Predicate rows =
          new And(
              new And(
                  comparison("=", LANDED_FROM, Literal.ofString(horizon.landedFrom())),
                  comparison("=", LANDED_PARTITION, Literal.ofInt(horizon.partition()))),
              comparison(">=", LANDED_OFFSET, Literal.ofLong(horizon.fromOffset())));
      sources.put(
          entry.getKey(),
          new BatchContext.IdFiles(
              tables.files(FixedTables.ACTIVITY.name(), rows), horizon.fromOffset()));
    }
    return sources;
  }

  private static Predicate comparison(String operator, String column, Literal value) {
    return new Predicate(operator, new Column(column), value);
  }

  void delete(WrittenFile file) throws IOException {
    Path path = new Path(tables.root(file.table()), file.path());
    path.getFileSystem(hadoop).delete(path, false);
  }
}
