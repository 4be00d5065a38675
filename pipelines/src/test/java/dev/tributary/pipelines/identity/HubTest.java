package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.lake.Lake;
import java.nio.file.Path;
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
}
