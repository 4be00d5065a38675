package dev.tributary.predictor.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.EventLogGenerator;
import dev.tributary.predictor.eventlog.ReadState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationLogsTest {
  @TempDir private Path directory;
  private Path logs;

  @BeforeEach
  void logs() throws IOException {
    logs = Files.createDirectory(directory.resolve("logs"));
    for (int i = 0; i < 40; i++) {
      write(i, 3, "");
    }
  }

  @Test
  void aSecondPassReadsOnlyWhatIsNewOrGrown() throws IOException {
    Path state = directory.resolve("state");
    assertThat(pass(state).applications()).isEqualTo(40);
    ReadReport second = pass(state);
    assertThat(second.unchanged()).isEqualTo(40);
    assertThat(second.lines()).isZero();
    write(7, 5, "");
    write(40, 3, "");
    ReadReport third = pass(state);
    assertThat(third.unchanged()).isEqualTo(39);
    assertThat(third.applications()).isEqualTo(2);
    assertThat(third.taskEnds()).isEqualTo(8);
  }

  @Test
  void anAttemptCountsOnceHoweverManyCopiesThereAre() throws IOException {
    write(3, 1, ".inprogress");
    Files.copy(logs.resolve(new EventLogGenerator(1, 5, 1, 3, 2).id()), directory.resolve("copy"));
    List<String> seen = new ArrayList<>();
    try (ReadState state = ReadState.inMemory()) {
      ReadReport report =
          ApplicationLogs.read(
              List.of(logs.toString(), directory.resolve("copy").toString()),
              state,
              2,
              application -> seen.add(application.summary().key()));
      assertThat(report.logs()).isEqualTo(42);
      assertThat(report.duplicates()).isEqualTo(2);
    }
    assertThat(seen).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void theCopyThatEndedCountsWhateverTheNamesAndTheOrder() throws IOException {
    for (String names : List.of("ab", "ba")) {
      Path place = Files.createDirectory(directory.resolve(names));
      String whole = text(77);
      Files.writeString(place.resolve(names.substring(0, 1)), whole);
      Files.writeString(place.resolve(names.substring(1)), withoutEnd(whole));
      List<ApplicationRecord> rows = new ArrayList<>();
      ReadReport report = rows(place, ReadState.inMemory(), rows);
      assertThat(rows).as(names).hasSize(1);
      assertThat(rows.get(0).summary().features()).containsEntry("ended", 1.0);
      assertThat(report.applications()).isEqualTo(1);
      assertThat(report.duplicates()).isEqualTo(1);
    }
  }

  @Test
  void ofCopiesThatEndedTheOneWithMoreThatCouldBeReadCounts() throws IOException {
    Path place = Files.createDirectory(directory.resolve("place"));
    String whole = text(77);
    List<String> lines = whole.lines().toList();
    String few = lines.get(3) + "\n" + lines.get(lines.size() - 1) + "\n" + "rubbish\n".repeat(99);
    // Its name looks like that of another attempt.
    String id = new EventLogGenerator(1, 77, 1, 3, 2).id();
    Files.writeString(place.resolve(id + "_backup"), few);
    Files.writeString(place.resolve("z"), whole);
    // A zip of two attempts, of which one lies there too.
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(place.resolve("c.zip")))) {
      for (int application : new int[] {77, 78}) {
        zip.putNextEntry(new ZipEntry("x" + application));
        zip.write(withoutEnd(text(application)).getBytes(StandardCharsets.UTF_8));
      }
    }
    List<ApplicationRecord> rows = new ArrayList<>();
    assertThat(rows(place, ReadState.inMemory(), rows).duplicates()).isEqualTo(2);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).log().location()).endsWith("z");
  }

  @Test
  void aBetterCopyThatComesLaterReplacesTheRowOnceAndAWorseOneDoesNot() throws IOException {
    Path place = Files.createDirectory(directory.resolve("place"));
    Path file = directory.resolve("state");
    String whole = text(77);
    Files.writeString(place.resolve("b"), withoutEnd(whole));
    assertThat(later(place, file)).hasSize(1);
    Files.writeString(place.resolve("c"), whole);
    assertThat(later(place, file))
        .singleElement()
        .satisfies(row -> assertThat(row.log().location()).endsWith("c"));
    Files.writeString(place.resolve("a"), withoutEnd(whole));
    assertThat(later(place, file)).isEmpty();
    assertThat(later(place, file)).isEmpty();
  }

  @Test
  void linksThatLeadInACircleAreCountedAndTheRestIsRead() throws IOException {
    Path sub = Files.createDirectory(logs.resolve("sub"));
    Files.createSymbolicLink(sub.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(sub.resolve("self"), Path.of("self"));
    Files.createSymbolicLink(sub.resolve("gone"), Path.of("nowhere"));
    Files.writeString(sub.resolve("z"), text(77));
    List<ApplicationRecord> rows = new ArrayList<>();
    ReadReport report = rows(logs, ReadState.inMemory(), rows);
    assertThat(rows).hasSize(41);
    assertThat(report.logs()).isEqualTo(41);
    assertThat(report.links()).isEqualTo(2);
    assertThat(report.unreadable()).isEmpty();
  }

  private List<ApplicationRecord> later(Path place, Path file) {
    List<ApplicationRecord> rows = new ArrayList<>();
    rows(place, ReadState.open(file), rows);
    return rows;
  }

  private static ReadReport rows(Path place, ReadState known, List<ApplicationRecord> into) {
    try (known) {
      return ApplicationLogs.read(List.of(place.toString()), known, 2, into::add);
    }
  }

  private static String text(int application) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new EventLogGenerator(1, application, 1, 3, 2).write(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String withoutEnd(String log) {
    return log.lines()
        .filter(line -> !line.contains("ApplicationEnd"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void theOrderIsThatOfTheNamesWhateverTheThreads() {
    assertThat(keys(1)).isEqualTo(keys(3)).isSorted().hasSize(40);
  }

  @Test
  void aStateThatACrashCutReadsTheLastLogAgain() throws IOException {
    Path state = directory.resolve("state");
    pass(state);
    byte[] written = Files.readAllBytes(state);
    Files.write(state, Arrays.copyOf(written, written.length - 10));
    ReadReport after = pass(state);
    assertThat(after.unchanged()).isEqualTo(39);
    assertThat(after.applications()).isEqualTo(1);
    assertThat(pass(state).unchanged()).isEqualTo(40);
  }

  @Test
  void aStateThatIsSomethingElseIsNotOverwritten() throws IOException {
    Path state = directory.resolve("state");
    Files.writeString(state, "my diary\n", StandardOpenOption.CREATE);
    assertThatThrownBy(() -> ReadState.open(state)).isInstanceOf(PredictorException.class);
    assertThat(Files.readString(state)).isEqualTo("my diary\n");
  }

  @Test
  void theFeaturesOfAGeneratedLogAreThoseItWasGeneratedWith() throws IOException {
    List<ApplicationRecord> records = new ArrayList<>();
    try (ReadState state = ReadState.inMemory()) {
      ApplicationLogs.read(List.of(logs.toString()), state, 1, records::add);
    }
    ApplicationSummary summary = records.get(0).summary();
    assertThat(summary.job()).isEqualTo("nightly load *@com.example.NightlyLoad");
    assertThat(summary.cluster().workers()).isEqualTo(2);
    assertThat(summary.cluster().coresPerWorker()).isEqualTo(4);
    assertThat(summary.peakMemoryMb().orElseThrow()).isBetween(1000.0, 2200.0);
    assertThat(summary.features())
        .containsEntry("tasks", 3.0)
        .containsEntry("stages", 1.0)
        .containsEntry("plan_joins", 1.0)
        .containsEntry("plan_operators", 4.0);
    assertThat(summary.features().get("cpu_seconds"))
        .isEqualTo(summary.features().get("run_seconds") * 0.8);
    assertThat(summary.run().orElseThrow().inputs()).containsOnlyKeys("input_bytes");
  }

  private List<String> keys(int threads) {
    List<String> keys = new ArrayList<>();
    try (ReadState state = ReadState.inMemory()) {
      ApplicationLogs.read(
          List.of(logs.toString()), state, threads, record -> keys.add(record.summary().key()));
    }
    return keys;
  }

  private ReadReport pass(Path file) {
    try (ReadState state = ReadState.open(file)) {
      return ApplicationLogs.read(List.of(logs.toString()), state, 2, application -> {});
    }
  }

  private void write(int application, int tasks, String suffix) throws IOException {
    EventLogGenerator log = new EventLogGenerator(1, application, 1, tasks, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    log.write(bytes);
    try (OutputStream out = Files.newOutputStream(logs.resolve(log.id() + suffix))) {
      bytes.writeTo(out);
    }
  }
}
