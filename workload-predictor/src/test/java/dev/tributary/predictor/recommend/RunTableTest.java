package dev.tributary.predictor.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTableTest {
  private static final String HEADER =
      "job,run_id,started,machine_type,workers,cores_per_worker,memory_mb_per_worker,runtime_s,"
          + "peak_memory_mb,cpu,outcome,input_rows\n";
  private static final String RUNS =
      HEADER
          + "nightly,a,2026-01-01T01:00:00Z,m5.xlarge,4,4,17179.9,2560,5000,0.7,,10000\n"
          + "nightly,d,2026-01-04T01:00:00Z,m5.xlarge,2,4,17179.9,5060,,,timed_out,\n";

  @TempDir Path directory;

  @Test
  void runsAreReadAsTheyAreWritten() throws IOException {
    var runs = RunTable.read(Files.writeString(directory.resolve("r.csv"), RUNS));
    assertThat(runs).hasSize(2);
    assertThat(runs.get(1).outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(runs.get(1).peakMemoryMb()).isEmpty();
    assertThat(runs.get(0).inputs()).containsEntry("rows", 10_000.0);
    assertThat(runs.get(1).inputs()).isEmpty();
    assertThat(runs.get(0).cluster().cores()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n,a,,m,0,4,1,1,,,,1            | workers: '0'",
        "n,a,,m,3000000000,4,1,1,,,,1   | workers: '3000000000' is more than 10000000",
        "n,a,,m,65536,65536,1,1,,,,1    | 65536 workers, more than 10000000 cores",
        "n,a,,m,2,4,1,fast,,,,1         | runtime_s: 'fast'",
        "n,a,,m,2,4,1,-1,,,,1           | runtime_s: '-1' is negative",
        "n,a,,m,2,4,0,1,,,,1            | memory_mb_per_worker: '0'",
        "n,a,yesterday,m,2,4,1,1,,,,1   | started: 'yesterday'",
        "n,a,9999-01-01T00:00:00Z,m,2,4,1,1,,,,1 | is before 1970 or more than a day from now",
        "n,a,1969-12-31T00:00:00Z,m,2,4,1,1,,,,1 | is before 1970 or more than a day from now",
        "n,a,,m,2,4,1,1,,,ODD,1         | outcome: 'ODD'",
        "n,a,,m,2,4,1,1,,,,NaN          | input_rows: 'NaN'",
        "n,a,,m,2,4,1,1                 | 8 fields",
        ",a,,m,2,4,1,1,,,,1             | job: ''",
      })
  void aWrongRunIsRefusedWithItsPlace(String row, String said) throws IOException {
    Path file = Files.writeString(directory.resolve("w.csv"), HEADER + row + "\n");
    assertThatThrownBy(() -> RunTable.read(file))
        .hasMessageContaining("line 2")
        .hasMessageContaining(said);
  }

  @Test
  void aRunTwiceAndAMissingColumnAreRefused() throws IOException {
    Path twice =
        Files.writeString(
            directory.resolve("t.csv"), HEADER + "n,a,,m,2,4,1,1,,,,1\nn,a,,m,2,4,1,1,,,,1\n");
    assertThatThrownBy(() -> RunTable.read(twice)).hasMessageContaining("line 2 too");
    Path missing = Files.writeString(directory.resolve("m.csv"), "job,run_id\n");
    assertThatThrownBy(() -> RunTable.read(missing)).hasMessageContaining("no column");
  }

  @Test
  void aColumnTwiceIsRefusedByItsName() throws IOException {
    Path twice =
        Files.writeString(
            directory.resolve("c.csv"),
            HEADER.replace("input_rows", "input_rows,runtime_s") + "n,a,,m,2,4,1,1,,,,1,9\n");
    assertThatThrownBy(() -> RunTable.read(twice))
        .hasMessageContaining("the column 'runtime_s' twice")
        .hasMessageContaining("column 8 and column 13");
    Path unnamed =
        Files.writeString(
            directory.resolve("u.csv"),
            HEADER.replace("input_rows", "input_rows,,") + "n,a,,m,2,4,1,1,,,,1,,\n");
    assertThat(RunTable.read(unnamed)).as("as spreadsheets leave them").hasSize(1);
  }

  @Test
  void tabsAndQuotesAreReadAsInEveryTable() throws IOException {
    String quoted = RUNS.replace("nightly,a", "\"nightly, load\",a");
    var runs = RunTable.read(Files.writeString(directory.resolve("q.csv"), quoted));
    assertThat(runs.get(0).job()).isEqualTo("nightly, load");
    var tabs =
        RunTable.read(Files.writeString(directory.resolve("t.tsv"), RUNS.replace(',', '\t')));
    assertThat(tabs).hasSize(2);
  }
}
