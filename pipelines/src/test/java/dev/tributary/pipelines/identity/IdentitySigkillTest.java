package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process in the middle of a batch; the next run ends as if nobody had. */
class IdentitySigkillTest {
  /** What tables hold that does not tell when a batch was at work. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "edges", "graph, group_id, src, dst, rule, first_seen, observations, unused, batch",
          "assignments", "graph, group_id, node, profile_id, first_seen, batch",
          "profile_versions", "profile_id, size, confidence, density, batch",
          "changes", "kind, profile_id, other_id, identifiers, batch",
          "aliases", "old_id, new_id, batch",
          "drops", "src, dst, reason, dropped, batch",
          "excluded", "node, reason, batch",
          "batches", "batch, source_table, until_version, mode, rules");

  @TempDir Path directory;
  private int runs;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void endsWithTheTablesOfAnUndisturbedRun() throws Exception {
    IdentityLake undisturbed = new IdentityLake(directory.resolve("undisturbed"));
    IdentityLake killed = new IdentityLake(directory.resolve("killed"));
    for (IdentityLake lake : List.of(undisturbed, killed)) {
      land(lake);
    }
    Path plan = killed.directory().resolve("_identity/plan.json");
    // As the batch is planned; and once its edges are there and most tables are not.
    killOnce(killed, "/_identity/plan.json");
    killOnce(killed, "/identity/edges/_delta_log/00000000000000000001.json");
    assertThat(plan).as("a batch stands half done").exists();
    assertThat(killed.run().values()).containsEntry("nothing_new", true);
    undisturbed.run();

    for (IdentityLake lake : List.of(undisturbed, killed)) {
      lake.accounts(List.of(new Account(90, "u5", "a1@example.com", true, null)));
      lake.run();
    }
    assertThat(tables(killed)).isEqualTo(tables(undisturbed));
    assertThat(killed.links()).isEqualTo(undisturbed.links());
    assertThat(plan).doesNotExist();
  }

  private static void land(IdentityLake lake) {
    List<Event> logins = new ArrayList<>();
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      logins.add(Event.login(i, "d" + i, "u" + i / 2));
      accounts.add(
          new Account(
              40 + i,
              "u" + i,
              i < 15 ? "a@example.com" : "a" + i % 9 + "@example.com",
              true,
              null));
    }
    lake.land(logins);
    lake.accounts(accounts);
  }

  private void killOnce(IdentityLake lake, String file) throws Exception {
    String number = "run-" + runs++;
    try (ChildJvm child = IdentityProcess.start(directory, number, lake.directory(), file)) {
      child.awaitLine(StandingStill.AT, Duration.ofMinutes(5));
      child.kill();
      assertThat(child.drain(line -> {})).as("128 + SIGKILL; see %s.log", number).isEqualTo(137);
    }
  }

  private static Map<String, List<String>> tables(IdentityLake lake) {
    Map<String, List<String>> tables = new TreeMap<>();
    COLUMNS.forEach(
        (table, columns) -> {
          Path path = lake.directory().resolve("identity/" + table);
          String sql = "SELECT %s FROM delta.`%s`".formatted(columns, path);
          tables.put(table, lake.rows(sql).stream().sorted().toList());
        });
    return tables;
  }
}
