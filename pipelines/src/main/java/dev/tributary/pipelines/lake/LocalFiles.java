package dev.tributary.pipelines.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but for one thing: without Hadoop's native library that one starts a
 * process for every file and directory it makes ({@code chmod}) and eight for every rename ({@code
 * readlink}). Here the JVM does both itself. Spark's checkpoints, Delta's log and our data files
 * are all made through it.
 */
public final class LocalFiles extends LocalFileSystem {

  /** Called by Hadoop, by {@code fs.file.impl}. */
  public LocalFiles() {
    super(new Raw());
  }

  /** The part below the checksums. */
  static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
          && !permission.getStickyBit()) {
        Files.setPosixFilePermissions(file, posix(permission));
      } else {
        super.setPermission(path, permission);
      }
    }

    /** Every rename asks for this; Hadoop's own runs {@code readlink}. */
    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return Files.isSymbolicLink(pathToFile(path).toPath())
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }

    private static Set<PosixFilePermission> posix(FsPermission permission) {
      Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
      FsAction user = permission.getUserAction();
      FsAction group = permission.getGroupAction();
      FsAction other = permission.getOtherAction();
      add(set, user.implies(FsAction.READ), PosixFilePermission.OWNER_READ);
      add(set, user.implies(FsAction.WRITE), PosixFilePermission.OWNER_WRITE);
      add(set, user.implies(FsAction.EXECUTE), PosixFilePermission.OWNER_EXECUTE);
      add(set, group.implies(FsAction.READ), PosixFilePermission.GROUP_READ);
      add(set, group.implies(FsAction.WRITE), PosixFilePermission.GROUP_WRITE);
      add(set, group.implies(FsAction.EXECUTE), PosixFilePermission.GROUP_EXECUTE);
      add(set, other.implies(FsAction.READ), PosixFilePermission.OTHERS_READ);
      add(set, other.implies(FsAction.WRITE), PosixFilePermission.OTHERS_WRITE);
      add(set, other.implies(FsAction.EXECUTE), PosixFilePermission.OTHERS_EXECUTE);
      return set;
    }

    private static void add(
        Set<PosixFilePermission> set, boolean granted, PosixFilePermission permission) {
      if (granted) {
        set.add(permission);
      }
    }
  }
}
