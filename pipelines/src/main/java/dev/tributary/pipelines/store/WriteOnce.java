package dev.tributary.pipelines.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;

/**
 * Writes a file whole or not at all, and never over another, whoever else tries at the same time.
 *
 * <p>On file systems the file is renamed into place, which fails where one stands. On S3 a rename
 * is a copy that overwrites, after a look that another writer may fall between; there the object is
 * put under the condition that none has the key ({@link ConditionalPut}).
 */
public final class WriteOnce {
  private WriteOnce() {}

  /**
   * Writes the bytes.
   *
   * @throws FileAlreadyExistsException when a file stands there already
   */
  public static void write(Path path, byte[] bytes, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (ConditionalPut.takes(files)) {
      ConditionalPut.put(files, path, bytes);
    } else {
      rename(path, bytes, hadoop);
    }
  }

  private static void rename(Path path, byte[] bytes, Configuration hadoop) throws IOException {
    CheckpointFileManager store = CheckpointFileManager.create(path.getParent(), hadoop);
    store.mkdirs(path.getParent());
    CheckpointFileManager.CancellableFSDataOutputStream out = store.createAtomic(path, false);
    try {
      out.write(bytes);
      out.close();
    } catch (IOException | RuntimeException e) {
      out.cancel();
      throw e;
    }
  }
}
