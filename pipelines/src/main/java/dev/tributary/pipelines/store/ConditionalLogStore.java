package dev.tributary.pipelines.store;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 with any number of drivers. Delta's own store for S3 keeps writers of one
 * version apart within a JVM only: of two processes that commit the same version, the later
 * overwrites the earlier, whose rows are lost. Here S3 decides ({@link ConditionalPut}): the later
 * one gets {@link FileAlreadyExistsException}, and Delta tries the next version.
 *
 * <p>Holds among those that use it, or another conditional put. A writer with another log store
 * (Spark without this class, an older client) still overwrites. Where the store does not know
 * conditional writes ({@link S3Settings#CONDITIONAL} false), it is Delta's own: a single driver.
 *
 * <p>Set as {@code spark.delta.logStore.s3a.impl} for Spark and {@code
 * spark.hadoop.io.delta.kernel.logStore.s3a.impl} for Delta Kernel; sessions on a lake at s3a have
 * both.
 */
public final class ConditionalLogStore extends S3SingleDriverLogStore {

  /** Called by Delta. */
  public ConditionalLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (overwrite || !ConditionalPut.takes(files)) {
      super.write(path, actions, overwrite, hadoop);
      return;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      lines.write(actions.next().getBytes(StandardCharsets.UTF_8));
      lines.write('\n');
    }
    try {
      ConditionalPut.put(files, path, lines.toByteArray());
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
      taken.initCause(e);
      throw taken;
    }
  }
}
