package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.lake.LocalFileContext;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FilterFs;
import org.apache.hadoop.fs.Path;

/**
 * Local files, but that the process stands still for good once a certain file has got its name, and
 * says so on standard output: there it can be killed, however fast or slow it is.
 */
public final class StandingStill extends FilterFs {
  static final String AT = "AT ";
  private static final String WHERE = "tributary.test.stand-still-at";

  private final String where;

  /** Called by Hadoop, by {@code fs.AbstractFileSystem.file.impl}. */
  public StandingStill(URI uri, Configuration configuration)
      throws IOException, URISyntaxException {
    super(new LocalFileContext(uri, configuration));
    where = configuration.get(WHERE);
  }

  /** The Spark settings for it. */
  static Map<String, String> at(String ending) {
    return Map.of(
        "spark.hadoop.fs.AbstractFileSystem.file.impl",
        StandingStill.class.getName(),
        "spark.hadoop." + WHERE,
        ending);
  }

  @Override
  public void renameInternal(Path from, Path to) throws IOException {
    super.renameInternal(from, to);
    standStill(to);
  }

  @Override
  public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
    super.renameInternal(from, to, overwrite);
    standStill(to);
  }

  private void standStill(Path file) {
    if (file.toString().endsWith(where)) {
      System.out.println(AT + file);
      while (true) {
        LockSupport.park();
      }
    }
  }
}
