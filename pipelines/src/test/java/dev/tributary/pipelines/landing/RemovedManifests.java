package dev.tributary.pipelines.landing;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The local file system, which keeps what stood in the manifests that it is told to delete. */
public final class RemovedManifests extends LocalFileSystem {
  private static final String USED = "fs.file.impl";
  private static final String CACHE = "fs.file.impl.disable.cache";
  private static final Queue<Manifest> REMOVED = new ConcurrentLinkedQueue<>();

  /**
   * A manifest that is gone.
   *
   * @param file where it stood
   */
  record Manifest(java.nio.file.Path file, byte[] bytes) {}

  /** Lands, and returns the manifests that were finished meanwhile. */
  static List<Manifest> during(SparkSession spark, Callable<?> landing) throws Exception {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String before = hadoop.get(USED);
    REMOVED.clear();
    hadoop.set(USED, RemovedManifests.class.getName());
    hadoop.set(CACHE, "true");
    try {
      landing.call();
    } finally {
      if (before == null) {
        hadoop.unset(USED);
      } else {
        hadoop.set(USED, before);
      }
      hadoop.unset(CACHE);
    }
    return new ArrayList<>(REMOVED);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (path.toString().contains("/_landing/")) {
      java.nio.file.Path file = pathToFile(path).toPath();
      REMOVED.add(new Manifest(file, Files.readAllBytes(file)));
    }
    return super.delete(path, recursive);
  }
}
