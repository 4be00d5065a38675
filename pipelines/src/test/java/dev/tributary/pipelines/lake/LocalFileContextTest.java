package dev.tributary.pipelines.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options.Rename;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileContextTest {
  private static final int ROUNDS = 2_000;
  private static final int RIVALS = 3;

  @TempDir Path directory;

  @Test
  void ofRenamesToOneNameAtTheSameInstantOneWins() throws Exception {
    FileContext files = context();
    ExecutorService pool = Executors.newFixedThreadPool(RIVALS);
    CyclicBarrier start = new CyclicBarrier(RIVALS);
    try {
      List<Future<Integer>> wins = new ArrayList<>();
      for (int rival = 0; rival < RIVALS; rival++) {
        String name = "rival-" + rival;
        wins.add(pool.submit(() -> race(files, name, start)));
      }
      int won = 0;
      for (Future<Integer> one : wins) {
        won += one.get();
      }
      assertThat(won).isEqualTo(ROUNDS);
    } finally {
      pool.shutdownNow();
    }
  }

  private int race(FileContext files, String name, CyclicBarrier start) throws Exception {
    int won = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path mine = Files.writeString(directory.resolve(name + "-" + round), name);
      Path prize = directory.resolve("version-" + round);
      start.await(1, TimeUnit.MINUTES); // for good where a rival has failed
      if (rename(files, mine, prize)) {
        won++;
      }
    }
    return won;
  }

  private static boolean rename(FileContext files, Path from, Path to) throws IOException {
    try {
      files.rename(path(from), path(to), Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void renamesOverAnotherFileWhenAskedToAndMovesDirectories() throws Exception {
    FileContext files = context();
    Path from = Files.writeString(directory.resolve("from"), "new");
    Path to = Files.writeString(directory.resolve("to"), "old");
    files.rename(path(from), path(to), Rename.OVERWRITE);
    assertThat(to).hasContent("new");
    assertThat(from).doesNotExist();
    Path folder = Files.createDirectory(directory.resolve("folder"));
    files.rename(path(folder), path(directory.resolve("moved")), Rename.NONE);
    assertThat(directory.resolve("moved")).isDirectory();
  }

  private static FileContext context() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.AbstractFileSystem.file.impl", LocalFileContext.class.getName());
    return FileContext.getFileContext(java.net.URI.create("file:///"), configuration);
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
