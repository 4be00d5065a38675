package dev.tributary.pipelines.lake.terminal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where the prompt remembers statements: {@code $XDG_STATE_HOME/tributary/sql_history} where that
 * is set, else {@code ~/.tributary_history}. Statements hold personal data, so the file is its
 * owner's alone (mode 0600).
 */
final class HistoryFile {
  private HistoryFile() {}

  static Path of(Map<String, String> environment, String home) {
    String state = environment.get("XDG_STATE_HOME");
    return state == null || state.isBlank()
        ? Path.of(home, ".tributary_history")
        : Path.of(state, "tributary", "sql_history");
  }

  /** Makes the file, or takes from others what rights they have on it. */
  static void secure(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (absolute.getParent() != null) {
      Files.createDirectories(absolute.getParent());
    }
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    var owner = PosixFilePermissions.fromString("rw-------");
    try {
      Files.createFile(absolute, PosixFilePermissions.asFileAttribute(owner));
    } catch (FileAlreadyExistsException there) {
      Files.setPosixFilePermissions(absolute, owner);
    }
  }
}
