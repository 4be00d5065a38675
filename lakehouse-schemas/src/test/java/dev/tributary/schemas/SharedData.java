package dev.tributary.schemas;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Public data sets beside the project, in the folder the system property {@code tributary.data}
 * names.
 */
public final class SharedData {
  private SharedData() {}

  /** The folder, or the test is skipped with a message. */
  public static Path folder(String name) {
    Path folder = Path.of(System.getProperty("tributary.data", "../shared/data"), name);
    if (!Files.isDirectory(folder)) {
      String message = "skipped: no " + folder + " (set -Dtributary.data)";
      System.out.println(message);
      Assumptions.abort(message);
    }
    return folder;
  }
}
