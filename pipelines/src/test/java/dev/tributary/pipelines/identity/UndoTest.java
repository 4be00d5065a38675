package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.lake.Lake;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What joined can be parted: by a decision, a withdrawn consent, evidence that went. */
class UndoTest {
  @TempDir Path directory;

  @Test
  void unmergeInvertsMergeAlsoOfChains() {
    IdentityLake lake = new IdentityLake(directory);
    lake.land(
        List.of(
            Event.login(1, "d1", "u1"), Event.login(2, "d2", "u2"), Event.login(3, "d3", "u3")));
    lake.run();
    Map<String, String> before = lake.links();
    lake.accounts(
        List.of(
            new Account(10, "u2", "x@example.com", true, null),
            new Account(11, "u3", "x@example.com", true, null)));
    lake.run();
    lake.accounts(
        List.of(
            new Account(12, "u1", "y@example.com", true, null),
            new Account(13, "u2", "y@example.com", true, null)));
    lake.run();
    Map<String, String> merged = lake.links();
    assertThat(merged.values()).containsOnly(before.get("user_id:u1"));

    IdentityQueries queries = queries(lake);
    assertThat(queries.explain("user_id:u3", "anonymous_id:d1").json())
        .containsEntry("linked", true);
    assertThat(queries.show(before.get("user_id:u3")).get("profile_id"))
        .isEqualTo(before.get("user_id:u1"));
    assertThatThrownBy(
            () ->
                queries
                    .decisions()
                    .unmerge(
                        before.get("user_id:u3"),
                        List.of("user_id:u3"),
                        "test",
                        " ",
                        Instant.now()))
        .hasMessageContaining("The decision has no reason");
    assertThat(IdentityQueries.page("component.html")).isTrue();
    assertThat(IdentityQueries.page("component.svg")).isFalse();
    assertThatThrownBy(() -> IdentityQueries.page("component.png"))
        .hasMessageContaining("'component.png' is neither .svg nor .html");
    queries
        .decisions()
        .unmerge(
            before.get("user_id:u3"),
            List.of("user_id:u3", "anonymous_id:d3"),
            "test",
            "another person",
            Instant.now());
    lake.run();
    Map<String, String> after = lake.links();
    assertThat(after.get("user_id:u3")).isEqualTo(before.get("user_id:u3"));
    assertThat(after.get("anonymous_id:d3")).isEqualTo(before.get("user_id:u3"));
    assertThat(after.get("user_id:u2")).isEqualTo(before.get("user_id:u1"));
    assertThat(queries.show(before.get("user_id:u3")).get("profile_id"))
        .isEqualTo(before.get("user_id:u3"));
    assertThat(queries.explain("user_id:u3", "user_id:u1").json()).containsEntry("linked", false);
    assertThat(lake.rows("SELECT kind FROM identity.changes ORDER BY batch"))
        .containsExactly("[merge]", "[merge]", "[split]");
    lake.run("rebuild=true");
    assertThat(lake.links()).isEqualTo(after);
    assertThat(lake.rows("SELECT DISTINCT profile_id_then FROM identity.activity")).hasSize(3);
  }

  @Test
  void aWithdrawnConsentPartsWhatRestedOnItAndANewOneJoinsAgain() {
    IdentityLake lake = new IdentityLake(directory);
    lake.consent("c1", "user_id:u1", "given", 0);
    lake.land(
        List.of(
            Event.login(1, "d1", "u1"), Event.login(2, "d2", "u1"), Event.login(3, "d3", "u2")));
    lake.run();
    Map<String, String> before = lake.links();
    assertThat(before.get("anonymous_id:d2")).isEqualTo(before.get("user_id:u1"));
    lake.consent("c1", "user_id:u1", "withdrawn", 50);
    lake.run();
    Map<String, String> apart = lake.links();
    assertThat(
            List.of(
                apart.get("anonymous_id:d1"),
                apart.get("anonymous_id:d2"),
                apart.get("user_id:u1")))
        .doesNotHaveDuplicates();
    assertThat(apart.get("user_id:u2")).isEqualTo(apart.get("anonymous_id:d3"));
    assertThat(lake.rows("SELECT DISTINCT reason FROM identity.dropped"))
        .containsExactly("[consent_withdrawn]");
    assertThat(lake.rows("SELECT cause FROM identity.changes").toString()).contains("c1");
    lake.consent("c2", "user_id:u1", "given", 90);
    lake.run();
    assertThat(lake.links()).isEqualTo(before);
    assertThat(lake.rows("SELECT * FROM identity.dropped")).isEmpty();
  }

  @Test
  void evidenceThatIsTakenOutOfTheTimelineJoinsNoMoreThoughItsFilesStay() {
    IdentityLake lake = new IdentityLake(directory.resolve("a lake, 100% ours"));
    List<Event> events = new ArrayList<>();
    events.add(Event.login(1, "d1", "u1"));
    events.add(Event.login(1, "d1", "u1"));
    events.add(Event.login(5, "d2", "u1"));
    lake.land(events);
    lake.run();
    String path = lake.directory() + "/silver/activity";
    deletionVectors(lake, path, true);
    DeltaTable timeline = DeltaTable.forPath(lake.spark(), path);
    timeline.delete("message_id = 'm1'");
    lake.run();
    assertThat(
            lake.rows(
                "SELECT observations FROM identity.evidence WHERE left_value = 'd1' OR right_value = 'd1'"))
        .containsExactly("[1]");
    assertThat(lake.links()).hasSize(3);
    timeline.delete("message_id = 'm2'");
    lake.run();
    assertThat(lake.links()).containsOnlyKeys("anonymous_id:d1", "user_id:u1");
    Map<String, String> now = lake.links();
    deletionVectors(lake, path, false);
    lake.run("rebuild=true");
    assertThat(lake.links()).isEqualTo(now);
  }

  /** For what is deleted from now on; those that are there stay. */
  private static void deletionVectors(IdentityLake lake, String path, boolean on) {
    lake.spark()
        .sql(
            "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = '%s')"
                .formatted(path, on));
  }

  private static IdentityQueries queries(IdentityLake lake) {
    return new IdentityQueries(
        lake.spark(), Lake.at(lake.directory()).toString(), Optional.empty());
  }
}
