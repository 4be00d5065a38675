package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real lake: what it makes of evidence, and what of the next. */
class IdentityJobTest {
  @TempDir Path directory;

  @Test
  void joinsDevicesByLoginAndKeepsTheIdOfTheOldest() {
    IdentityLake lake = new IdentityLake(directory);
    lake.land(
        List.of(
            new Event(1, "page", "d1", null, null),
            Event.login(5, "d1", "u1"),
            Event.login(9, "d2", "u1"),
            new Event(3, "page", "d3", null, null)));
    lake.run();
    Map<String, String> first = lake.links();
    assertThat(first).hasSize(4);
    assertThat(first.get("anonymous_id:d1")).isEqualTo(first.get("user_id:u1"));
    assertThat(first.get("anonymous_id:d2")).isEqualTo(first.get("user_id:u1"));
    assertThat(first.get("anonymous_id:d3")).isNotEqualTo(first.get("user_id:u1"));
    assertThat(lake.run().values()).containsEntry("nothing_new", true);

    lake.accounts(
        List.of(
            new Account(20, "u1", " Ada@Example.com", true, null),
            new Account(22, "u2", "ada@example.com", true, null)));
    lake.land(List.of(Event.login(30, "d3", "u2")));
    lake.run();
    Map<String, String> second = lake.links();
    assertThat(second.values()).containsOnly(first.get("user_id:u1"));
    assertThat(lake.rows("SELECT kind, moved, identifiers FROM identity.changes"))
        .containsExactly("[merge,1,anonymous_id:d3]");
    assertThat(lake.rows("SELECT old_id, new_id FROM identity.aliases"))
        .containsExactly("[" + first.get("anonymous_id:d3") + "," + first.get("user_id:u1") + "]");
    assertThat(lake.rows("SELECT profile_id_then FROM identity.activity WHERE message_id = 'm3'"))
        .containsExactly("[" + first.get("anonymous_id:d3") + "]");
    lake.run("rebuild=true");
    assertThat(lake.links()).isEqualTo(second);
  }
}
