package dev.tributary.pipelines.sizing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of a run's work before it starts: numbers of its configuration under their keys,
 * and for every local file or directory that it names {@code bytes.<key>}.
 */
final class RunInputs {
  private static final int MOST_FILES = 100_000;

  private RunInputs() {}

  static Map<String, Double> of(Map<String, String> config) {
    Map<String, Double> inputs = new TreeMap<>();
    config.forEach(
        (key, value) -> {
          if (key.startsWith("spark.")) {
            return;
          }
          Optional<Double> number = number(value);
          if (number.isPresent()) {
            inputs.put(key, number.get());
          } else {
            bytes(value).ifPresent(bytes -> inputs.put("bytes." + key, bytes));
          }
        });
    return inputs;
  }

  private static Optional<Double> number(String value) {
    if (!value.matches("-?\\d{1,15}(\\.\\d{1,15})?")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(value));
  }

  /** The size of a local file or of all files below a directory; empty where it is neither. */
  private static Optional<Double> bytes(String value) {
    try {
      Path path =
          Path.of(value.startsWith("file:") ? value.replaceFirst("^file:(//)?", "") : value);
      if (value.isBlank() || !Files.exists(path)) {
        return Optional.empty();
      }
      AtomicLong files = new AtomicLong();
      AtomicLong bytes = new AtomicLong();
      Files.walkFileTree(path, new Sizes(files, bytes));
      return files.get() > MOST_FILES ? Optional.empty() : Optional.of((double) bytes.get());
    } catch (InvalidPathException | IOException notMeasurable) {
      return Optional.empty();
    }
  }

  private static final class Sizes extends SimpleFileVisitor<Path> {
    private final AtomicLong files;
    private final AtomicLong bytes;

    Sizes(AtomicLong files, AtomicLong bytes) {
      this.files = files;
      this.bytes = bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes.addAndGet(attributes.size());
      return files.incrementAndGet() > MOST_FILES
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    // A file that comes and goes meanwhile changes the size by little.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
