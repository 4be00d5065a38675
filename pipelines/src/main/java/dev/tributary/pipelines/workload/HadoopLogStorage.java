package dev.tributary.pipelines.workload;

import dev.tributary.pipelines.store.Reachability;
import dev.tributary.pipelines.store.S3Settings;
import dev.tributary.pipelines.store.StoreException;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.LogStorage;
import dev.tributary.predictor.eventlog.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Event logs in any file system that Hadoop has a class for: {@code s3a://}, {@code gs://}, {@code
 * hdfs://}. Configured as Hadoop is, by {@code core-site.xml} on the class path, and by system
 * properties {@code spark.hadoop.…}, as Spark is. {@code s3://} and {@code s3n://} are read by s3a
 * where they have no class of their own.
 */
public final class HadoopLogStorage implements LogStorage {
  private static final Configuration CONFIGURATION = S3Settings.ofProcess();

  private final Configuration hadoop;

  /** For the service loader. */
  public HadoopLogStorage() {
    this(CONFIGURATION);
  }

  HadoopLogStorage(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public boolean takes(String location) {
    int colon = location.indexOf(":/");
    return colon > 1 && hasClass(scheme(location));
  }

  private static String scheme(String location) {
    String scheme = location.substring(0, location.indexOf(":/"));
    boolean old = scheme.equals("s3") || scheme.equals("s3n");
    return old && !hasClass(scheme) ? "s3a" : scheme;
  }

  private static boolean hasClass(String scheme) {
    try {
      FileSystem.getFileSystemClass(scheme, CONFIGURATION);
      return true;
    } catch (UnsupportedFileSystemException e) {
      return false;
    } catch (IOException | RuntimeException e) {
      // A class is named for it and is not there.
      return false;
    }
  }

  private static Path path(String location) {
    return new Path(scheme(location) + location.substring(location.indexOf(":/")));
  }

  private FileSystem system(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }

  /** Whoever reads logs asks for the status of their place first. */
  private void requireStore(Path path) {
    try {
      Reachability.require(path.toString(), hadoop);
    } catch (StoreException e) {
      throw new PredictorException(
          PredictorException.Kind.UNREACHABLE, e.problem(), e.reason(), e.fix(), e);
    }
  }

  @Override
  public Optional<StoredFile> status(String location) throws IOException {
    Path path = path(location);
    requireStore(path);
    try {
      return Optional.of(stored(system(path).getFileStatus(path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<StoredFile> list(String directory) throws IOException {
    Path path = path(directory);
    List<StoredFile> files = new ArrayList<>();
    Arrays.stream(system(path).listStatus(path)).forEach(status -> files.add(stored(status)));
    files.sort(Comparator.comparing(StoredFile::name));
    return files;
  }

  @Override
  public InputStream open(String location) throws IOException {
    Path path = path(location);
    return system(path).open(path);
  }

  private static StoredFile stored(FileStatus status) {
    return new StoredFile(
        status.getPath().toString(),
        status.getPath().getName(),
        status.isDirectory(),
        status.isDirectory() ? 0 : status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }
}
