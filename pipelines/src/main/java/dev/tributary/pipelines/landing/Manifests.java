package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.store.WriteOnce;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests below {@code <lake>/_landing/<application>/}: written whole or not at all, never
 * overwritten, removed once the ledger holds their batch.
 */
final class Manifests {
  private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Configuration hadoop;

  Manifests(String lake, Configuration hadoop) {
    this.root = new Path(lake, "_landing");
    this.hadoop = hadoop;
  }

  /**
   * Writes a manifest.
   *
   * @throws FileAlreadyExistsException when one stands already: two drivers run one stream
   */
  void write(BatchManifest manifest) throws IOException {
    Path path = path(manifest.application(), manifest.batch());
    WriteOnce.write(path, JSON.writeValueAsBytes(manifest), hadoop);
  }

  Optional<BatchManifest> read(String application, long batch) throws IOException {
    Path path = path(application, batch);
    FileSystem fs = path.getFileSystem(hadoop);
    try {
      return Optional.of(read(fs, path));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // none, or another process has just finished the batch
    }
  }

  /** Every manifest that stands, in the order of application and batch. */
  List<BatchManifest> all() throws IOException {
    FileSystem fs = root.getFileSystem(hadoop);
    List<BatchManifest> found = new ArrayList<>();
    if (fs.exists(root)) {
      for (FileStatus application : fs.listStatus(root)) {
        for (FileStatus file : fs.listStatus(application.getPath(), Manifests::isManifest)) {
          try {
            found.add(read(fs, file.getPath()));
          } catch (FileNotFoundException e) {
            LOG.debug("another process has just finished the batch", e);
          }
        }
      }
    }
    found.sort(
        java.util.Comparator.comparing(BatchManifest::application)
            .thenComparing(BatchManifest::batch));
    return found;
  }

  void remove(BatchManifest manifest) throws IOException {
    Path path = path(manifest.application(), manifest.batch());
    path.getFileSystem(hadoop).delete(path, false);
  }

  private static boolean isManifest(Path path) {
    return path.getName().endsWith(".json") && !path.getName().startsWith(".");
  }

  private static BatchManifest read(FileSystem fs, Path path) throws IOException {
    try (InputStream in = fs.open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JSON.readValue(text, BatchManifest.class);
    }
  }

  private Path path(String application, long batch) {
    String directory = application.replaceAll("[^A-Za-z0-9_.-]", "_");
    return new Path(new Path(root, directory), "%020d.json".formatted(batch));
  }
}
