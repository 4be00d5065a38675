package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.run.Run;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRunsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T06:00:00Z");

  @TempDir Path directory;
  private Store store;
  private Core core;

  @BeforeEach
  void open() {
    store = Store.open(directory, "a test", Duration.ZERO);
    Advisor advisor = Plugs.advisor(Optional.empty());
    core =
        new Core(
            store,
            new Models(store, advisor),
            advisor,
            Watch.latest(),
            Clock.systemUTC(),
            new ReentrantLock());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Run run(String id, Map<String, Double> inputs) {
    Run run = Jobs.run("job", id, 2, 12, 1);
    return new Run(
        run.job(),
        id,
        run.started(),
        run.cluster(),
        inputs,
        run.runtime(),
        run.peakMemoryMb(),
        run.cpuUtilisation(),
        run.outcome(),
        run.features());
  }

  private static long add(Connection connection, Run run, Instant now) throws SQLException {
    return RunTable.add(connection, run, now, "").orElseThrow();
  }

  private Setting setting(Map<String, Double> given) {
    return Setting.of(core, "job", Optional.empty(), given, NOW);
  }

  @Test
  void anInputIsKnownThatOnlyRunsFromBeforeTheChampionHave() {
    String learner = core.advisor().learners().get(0);
    store.transaction(
        c -> {
          JobTable.ensure(c, "job", learner, NOW);
          add(c, run("old", Map.of("say \"GB\"", 3.0, "offset", -1.0)), NOW);
          long since = add(c, run("new", Map.of("gb", 3.0)), NOW);
          int version = JobTable.add(c, "job", learner, since, "drift", NOW);
          JobTable.promote(c, "job", version, OptionalInt.of(1), NOW);
          return version;
        });
    assertThat(setting(Map.of("say \"GB\"", 4.0, "offset", -2.0)).inputs().values())
        .containsOnlyKeys("say \"GB\"", "offset", "gb");
    assertThatThrownBy(() -> setting(Map.of("rows", 4.0)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("its runs have gb, offset, say \"GB\", or send a run that has it")
        .hasMessageContaining("/v1/runs first.");
    assertThatThrownBy(() -> setting(Map.of("gb", -4.0)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no run had less than 0");
  }

  @Test
  void aJobWithoutInputsTakesOneAfterARunThatHasIt() {
    store.transaction(
        c -> {
          JobTable.ensure(c, "job", core.advisor().learners().get(0), NOW);
          return add(c, run("r0", Map.of()), NOW);
        });
    assertThatThrownBy(() -> setting(Map.of("gb", 4.0)))
        .hasMessageContaining("give none: its runs have no inputs, or send a run that has it");
    store.transaction(c -> add(c, run("r1", Map.of("gb", 3.0)), NOW));
    assertThat(setting(Map.of("gb", 4.0)).inputs().values()).containsEntry("gb", 4.0);
  }

  @Test
  void besideRunsWithAStartTheTimeOfRecordingIsThatOfTheOthers() {
    List<String> ids =
        store.transaction(
            c -> {
              add(c, run("live 2", Map.of()), NOW);
              add(c, run("live 1", Map.of()), NOW);
              add(c, run("old", Map.of()).withStart(NOW.minusSeconds(60)), NOW.plusSeconds(1));
              add(c, run("next", Map.of()).withStart(NOW.plusSeconds(60)), NOW.plusSeconds(2));
              add(c, run("last", Map.of()), NOW.plusSeconds(90));
              return RunTable.byStart(c, "job", 0, Long.MAX_VALUE, 4).stream()
                  .map(Run::id)
                  .toList();
            });
    assertThat(ids).containsExactly("live 2", "live 1", "next", "last");
  }

  @Test
  void aStartThatIsNoneOfARunThatIsOverIsRefused() {
    for (String start :
        List.of(
            NOW.plus(Duration.ofHours(25)).toString(),
            "+12026-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z")) {
      ObjectNode run = RunJson.of(Jobs.run("job", "r", 1, 1, 1)).put("started", start);
      assertThatThrownBy(() -> RunJson.run(At.body(run), NOW))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("is to be from 1970-01-01 to a day after now")
          .hasMessageContaining(start);
    }
    ObjectNode early = RunJson.of(Jobs.run("job", "r", 1, 1, 1)).put("started", NOW.toString());
    assertThat(RunJson.run(At.body(early), NOW).started()).contains(NOW);
  }
}
