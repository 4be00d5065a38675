package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.lake.Lake;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value of everybody joins nobody. */
class HubTest {
  private static final int PERSONS = 20_000;

  @TempDir Path directory;

  @Test
  void placeholdersAndSharedValuesNeverMakeAComponentOfEverything() {
    IdentityLake lake = new IdentityLake(directory);
    List<Event> logins = new ArrayList<>();
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < PERSONS; i++) {
      logins.add(Event.login(i, "d" + i, "u" + i));
      String email = i % 2 == 0 ? "test@test.com" : "info@example.com";
      accounts.add(new Account(i, "u" + i, email, true, null));
    }
    lake.land(logins);
    lake.accounts(accounts);
    long started = System.nanoTime();
    lake.run();
    System.out.printf(
        "%,d persons of one address: %.1f s%n", PERSONS, (System.nanoTime() - started) / 1e9);
    Map<String, String> links = lake.links();
    assertThat(new HashSet<>(links.values())).hasSize(PERSONS);
    assertThat(links).hasSize(2 * PERSONS);
    assertThat(lake.rows("SELECT identifier_value, reason FROM identity.excluded ORDER BY 1"))
        .containsExactly("[info@example.com,hub]", "[test@test.com,blocked_value]");

    IdentityQueries queries =
        new IdentityQueries(lake.spark(), Lake.at(directory).toString(), Optional.empty());
    Map<String, Object> told = queries.explain("user_id:u1", "user_id:u3").json();
    assertThat(told).containsEntry("linked", false);
    assertThat(told.get("path").toString()).contains("hub");

    lake.land(List.of(Event.login(PERSONS, "late", "u7")));
    lake.accounts(List.of(new Account(PERSONS, "u-late", "info@example.com", true, null)));
    lake.run();
    assertThat(new HashSet<>(lake.links().values())).hasSize(PERSONS + 1);
    assertThat(lake.links().get("anonymous_id:late")).isEqualTo(links.get("user_id:u7"));
  }

  @Test
  void aHubKeepsWhatWasDecidedOfItAndJoinsAgainWhenItLosesEvidenceAsAfterARebuild() {
    IdentityLake lake = new IdentityLake(directory);
    List<Event> logins = new ArrayList<>();
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      logins.add(Event.login(i, "d" + i, "u" + i));
      accounts.add(new Account(20 + i, "u" + i, "team@example.com", true, null));
    }
    lake.land(logins.subList(0, 9));
    lake.accounts(accounts.subList(0, 9));
    lake.run();
    String joined = lake.links().get("user_id:u0");
    new IdentityQueries(lake.spark(), Lake.at(directory).toString(), Optional.empty())
        .decisions()
        .decide(
            Decision.Kind.MUST_LINK,
            "email:team@example.com",
            "user_id:u7",
            "test",
            "answers there",
            Instant.now());
    lake.land(logins.subList(9, 12));
    lake.accounts(accounts.subList(9, 12));
    lake.run();
    Map<String, String> apart = lake.links();
    assertThat(new HashSet<>(apart.values())).hasSize(12);
    assertThat(apart)
        .as("what was decided holds, though the address is a hub since")
        .containsEntry("email:team@example.com", apart.get("user_id:u7"));

    DeltaTable table = DeltaTable.forPath(lake.spark(), directory + "/silver/identified_v1");
    table.delete("user_id IN ('u10', 'u11')");
    lake.run();
    assertThat(lake.rows("SELECT * FROM identity.excluded")).isEmpty();
    Map<String, String> links = lake.links();
    for (int i = 0; i < 10; i++) {
      assertThat(links).containsEntry("user_id:u" + i, joined);
    }
    assertThat(links).containsEntry("email:team@example.com", joined);
    assertThat(new HashSet<>(links.values())).hasSize(3);
    List<String> dropped = lake.rows("SELECT * FROM identity.dropped");
    assertThat(dropped).isEmpty();
    lake.run("rebuild=true");
    assertThat(lake.links()).isEqualTo(links);
    assertThat(lake.rows("SELECT * FROM identity.excluded")).isEmpty();
  }
}
