package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFinderTest {
  @TempDir private Path directory;

  private final List<String> found = new ArrayList<>();

  @Test
  void aChildThatCannotBeLookedAtIsNamedAndItsSiblingsAreFound() throws IOException {
    Files.createFile(directory.resolve("a"));
    Files.createFile(directory.resolve("z"));
    Path denied = directory.resolve("denied");
    // No file system has names this long: the failure is neither a loop nor a missing file.
    Files.createSymbolicLink(denied, Path.of("x".repeat(1000)));
    LogFinder.Skipped skipped = find();
    assertThat(found).containsExactly("a", "z");
    assertThat(skipped.links()).isZero();
    assertThat(skipped.unreadable())
        .singleElement()
        .asString()
        .startsWith(denied + ": java.nio.file.FileSystemException");
  }

  @Test
  void linksThatLeadToEachOtherAreLinksAndNotUnreadable() throws IOException {
    Files.createFile(directory.resolve("a"));
    Files.createSymbolicLink(directory.resolve("b"), Path.of("c"));
    Files.createSymbolicLink(directory.resolve("c"), Path.of("b"));
    LogFinder.Skipped skipped = find();
    assertThat(found).containsExactly("a");
    assertThat(skipped.links()).isEqualTo(2);
    assertThat(skipped.unreadable()).isEmpty();
  }

  @Test
  void aDirectoryThatWentAwaySinceItWasListedIsNoLinkAndNotUnreadable() throws IOException {
    Files.createFile(directory.resolve("a"));
    Path gone = Files.createDirectory(directory.resolve("gone"));
    LogFinder.Skipped skipped =
        LogFinder.find(
            directory.toString(),
            log -> {
              found.add(log.name().application());
              delete(gone);
            });
    assertThat(found).containsExactly("a");
    assertThat(skipped.links()).isZero();
    assertThat(skipped.unreadable()).isEmpty();
  }

  private LogFinder.Skipped find() {
    return LogFinder.find(directory.toString(), log -> found.add(log.name().application()));
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
