package dev.tributary.pipelines.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.job.Progress;
import dev.tributary.predictor.recommend.RunTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryGridTest {
  @TempDir Path directory;

  @Test
  void whatTheFileHasIsNotRunAgainAndThePredictorReadsIt() throws IOException {
    Path file = directory.resolve("grid.csv");
    Map<String, Object> empty = new MemoryGrid(file, true, Duration.ZERO).run(Progress.silent());
    assertThat(empty).containsEntry("runs", 0).containsEntry("whole", false);
    StringBuilder rows = new StringBuilder(Files.readString(file));
    for (String job : List.of("map", "sort")) {
      for (int size : new int[] {250_000, 500_000}) {
        for (int heap : new int[] {512, 896}) {
          rows.append(
              "%s,%s-%d-%d,2026-01-01T00:00:00Z,local,1,2,%d,3.5,200.0,0.5,FINISHED,%d,%d,90.0,%d\n"
                  .formatted(job, job, size, heap, heap, size, heap, heap));
        }
      }
    }
    Files.writeString(file, rows);
    Map<String, Object> whole =
        new MemoryGrid(file, true, Duration.ofMinutes(1)).run(Progress.silent());
    assertThat(whole)
        .containsEntry("runs", 8)
        .containsEntry("runs_now", 0)
        .containsEntry("whole", true);
    assertThat(RunTable.read(file)).hasSize(8);
  }
}
