package dev.tributary.pipelines.lake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.local.LocalConfigKeys;

/**
 * {@link LocalFiles} for Hadoop's other interface to files, {@code FileContext}, which Spark's
 * checkpoints and Delta's log rename by. Unlike Hadoop's own, a rename that must not overwrite
 * never does: that is what keeps one of two processes that commit a table's next version at the
 * same instant from losing its commit.
 */
public final class LocalFileContext extends ChecksumFs {

  /** Called by Hadoop, by {@code fs.AbstractFileSystem.file.impl}. */
  public LocalFileContext(URI uri, Configuration configuration)
      throws IOException, URISyntaxException {
    super(new Raw(configuration));
  }

  private static final class Raw extends DelegateToFileSystem {
    private final LocalFiles.Raw files;

    Raw(Configuration configuration) throws IOException, URISyntaxException {
      this(new LocalFiles.Raw(), configuration);
    }

    private Raw(LocalFiles.Raw files, Configuration configuration)
        throws IOException, URISyntaxException {
      super(
          FsConstants.LOCAL_FS_URI,
          files,
          configuration,
          FsConstants.LOCAL_FS_URI.getScheme(),
          false);
      this.files = files;
    }

    /** To a name that is free: the operating system makes a link only then, and tells. */
    @Override
    public void renameInternal(Path from, Path to) throws IOException {
      java.nio.file.Path source = files.pathToFile(from).toPath();
      if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
        super.renameInternal(from, to);
        return;
      }
      try {
        Files.createLink(files.pathToFile(to).toPath(), source);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        throw new FileAlreadyExistsException(to + " exists");
      } catch (UnsupportedOperationException | FileSystemException e) {
        super.renameInternal(from, to); // a file system without links
        return;
      }
      Files.delete(source);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public FsServerDefaults getServerDefaults(Path path) throws IOException {
      return LocalConfigKeys.getServerDefaults();
    }

    @Override
    @Deprecated
    public FsServerDefaults getServerDefaults() throws IOException {
      return LocalConfigKeys.getServerDefaults();
    }

    @Override
    public boolean isValidName(String source) {
      return true; // as Hadoop's own: the operating system judges
    }
  }
}
