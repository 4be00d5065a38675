package dev.tributary.predictor.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of this machine: paths, and {@code file:} addresses. */
final class LocalStorage implements LogStorage {
  // Two letters at least: one is a drive.
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

  // In the reason of the failure for links that lead only to each other.
  private static final String LOOP = "symbolic link";

  @Override
  public boolean takes(String location) {
    return location.startsWith("file:/") || !SCHEME.matcher(location).matches();
  }

  static Path path(String location) {
    return location.startsWith("file:/")
        ? Path.of(URI.create(location.replaceFirst("^file:/+", "file:///").replace(" ", "%20")))
        : FileSystems.getDefault().getPath(location);
  }

  @Override
  public Optional<StoredFile> status(String location) throws IOException {
    try {
      return Optional.of(stored(path(location)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<StoredFile> list(String directory) throws IOException {
    try (Stream<Path> children = Files.list(path(directory))) {
      return children
          .map(LocalStorage::storedIfThere)
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(StoredFile::name))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public String real(StoredFile directory) throws IOException {
    try {
      return path(directory.location()).toRealPath().toString();
    } catch (FileSystemException e) {
      if (e.getReason() != null && e.getReason().contains(LOOP)) {
        throw new FileSystemLoopException(directory.location());
      }
      throw e;
    }
  }

  @Override
  public InputStream open(String location) throws IOException {
    return Files.newInputStream(path(location));
  }

  /**
   * Empty for what went away since it was listed: Spark renames logs when they are done. What
   * cannot be looked at, for example a link that leads only to itself, or into a directory of
   * another user, is told as a directory, for which {@link #real} or {@link #list} fails.
   */
  private static Optional<StoredFile> storedIfThere(Path path) {
    try {
      return Optional.of(stored(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      String name = path.getFileName().toString();
      return Optional.of(new StoredFile(path.toString(), name, true, 0, Instant.EPOCH));
    }
  }

  private static StoredFile stored(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Path name = path.toAbsolutePath().normalize().getFileName();
    return new StoredFile(
        path.toString(),
        name == null ? "" : name.toString(),
        attributes.isDirectory(),
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }
}
