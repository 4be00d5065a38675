package dev.tributary.schemas.registry;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the files of registry directories. Hidden files, {@code *.md} and {@code LICENSE} are
 * passed over.
 */
final class RegistryFiles {
  /**
   * A file and its place in the layout.
   *
   * @param path relative to its root: vendor, name, format, version when it is in the layout
   */
  record Found(Path file, Path path) {}

  private RegistryFiles() {}

  static List<Found> below(List<Path> directories) {
    List<Found> found = new ArrayList<>();
    Set<Path> roots = new TreeSet<>();
    for (Path directory : directories) {
      Path root = root(directory);
      if (roots.add(real(root))) {
        found.addAll(files(root));
      }
    }
    return found;
  }

  private static Path root(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw RegistryErrors.noDirectory(directory);
    }
    Path nested = directory.resolve("schemas");
    return Files.isDirectory(nested) ? nested : directory;
  }

  private static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw RegistryErrors.unreadable(root, e);
    }
  }

  private static List<Found> files(Path root) {
    try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> new Found(file, root.relativize(file)))
          .filter(found -> isSchema(found.path()))
          .sorted((a, b) -> a.path().compareTo(b.path()))
          .toList();
    } catch (IOException e) {
      throw RegistryErrors.unreadable(root, e);
    } catch (java.io.UncheckedIOException e) {
      throw RegistryErrors.unreadable(root, e.getCause());
    }
  }

  private static boolean isSchema(Path path) {
    for (Path part : path) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    String name = path.getFileName().toString();
    return !name.endsWith(".md") && !name.startsWith("LICENSE");
  }
}
