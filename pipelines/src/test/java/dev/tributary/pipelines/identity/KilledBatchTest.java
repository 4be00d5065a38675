package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.identity.IdentityLake.Home;
import dev.tributary.pipelines.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch writes its tables one by one, the cursor last. Whatever of them a kill leaves behind, the
 * next run ends with the tables of a run that nobody disturbed. The states between are put together
 * from the lake before the batch and tables of the lake after it.
 */
class KilledBatchTest {
  private static final List<String> TABLES =
      List.of(
          "edges",
          "assignments",
          "groups",
          "profile_versions",
          "changes",
          "aliases",
          "drops",
          "excluded",
          "household_members",
          "batches");

  @TempDir Path directory;

  @Test
  void aBatchThatWasKilledBetweenAnyTwoCommitsIsFinishedToTheSameTables() throws Exception {
    IdentityLake lake = new IdentityLake(directory.resolve("undisturbed"));
    lake.land(
        List.of(
            Event.login(1, "d1", "u1"), Event.login(2, "d2", "u2"), Event.login(3, "d3", "u3")));
    lake.homes(List.of(new Home(4, "u1", "1 High St"), new Home(5, "u2", "2 High St")));
    lake.run();
    Path before = directory.resolve("before");
    FileUtils.copyDirectory(lake.directory().toFile(), before.toFile());
    List<Event> more = List.of(Event.login(11, "d2", "u1"), Event.login(12, "d9", "u9"));
    lake.land(more);
    lake.homes(List.of(new Home(13, "u3", "1 High St"), new Home(14, "u9", "2 High St")));
    lake.accounts(List.of(new Account(20, "u3", "x@example.com", true, null)));
    lake.run();
    Map<String, List<String>> whole = tables(lake);

    assertThat(whole.get("household_members")).hasSize(5);

    for (int written : new int[] {0, 5}) {
      Path killed = directory.resolve("killed-after-" + written);
      FileUtils.copyDirectory(before.toFile(), killed.toFile());
      FileUtils.deleteDirectory(killed.resolve("silver").toFile());
      FileUtils.copyDirectory(
          lake.directory().resolve("silver").toFile(), killed.resolve("silver").toFile());
      IdentityLake half = new IdentityLake(killed);
      plan(lake, half);
      for (String table : TABLES.subList(0, written)) {
        Path after = lake.directory().resolve("identity/" + table);
        if (after.toFile().exists()) {
          FileUtils.deleteDirectory(killed.resolve("identity/" + table).toFile());
          FileUtils.copyDirectory(after.toFile(), killed.resolve("identity/" + table).toFile());
        }
      }
      half.run();
      assertThat(tables(half)).as("killed after %d tables", written).isEqualTo(whole);
    }
  }

  @Test
  void aDryRunSaysWhatWouldChangeAndWritesNothing() throws IOException {
    IdentityLake lake = new IdentityLake(directory);
    lake.land(List.of(Event.login(1, "d1", "u1"), Event.login(2, "d1", "u2")));
    lake.run();
    String text = IdentityRulesReader.builtIn().text();
    Path rules = directory.resolve("rules.yaml");
    java.nio.file.Files.writeString(
        rules, text.replace("  graph: person\n", "  graph: person\n  unique: [user_id]\n"));
    List<String> files = files(lake);
    Map<String, Object> told = lake.run("dry-run=true", "rules=" + rules).values();
    assertThat(told).containsEntry("dry_run", true).containsEntry("rules_changed", true);
    assertThat(told.get("changes")).isEqualTo(Map.of("split", 1L));
    assertThat(files(lake)).isEqualTo(files);
    assertThat(new java.util.HashSet<>(lake.links().values())).hasSize(1);
    lake.run("rebuild=true", "rules=" + rules);
    assertThat(new java.util.HashSet<>(lake.links().values())).hasSize(2);
  }

  private static List<String> files(IdentityLake lake) {
    return FileUtils.listFiles(lake.directory().toFile(), null, true).stream()
        .map(file -> file.getPath())
        .sorted()
        .toList();
  }

  /** The plan that the last batch of a lake had, put into another that has not made it yet. */
  private static void plan(IdentityLake made, IdentityLake toMake) throws IOException {
    Map<String, BatchPlan.Range> sources = new TreeMap<>();
    long at = 0;
    for (Row row :
        made.spark()
            .sql(
                "SELECT source_table, from_version, until_version, unix_micros(at)"
                    + " FROM delta.`"
                    + made.directory()
                    + "/identity/batches` WHERE batch = 2")
            .collectAsList()) {
      sources.put(row.getString(0), new BatchPlan.Range(row.getLong(1), row.getLong(2)));
      at = row.getLong(3);
    }
    IdentityTables tables =
        new IdentityTables(made.spark(), Lake.at(toMake.directory()).toString());
    Map<String, Long> base = new TreeMap<>();
    TABLES.forEach(table -> base.put("identity." + table, tables.version("identity." + table)));
    new BatchPlans(Lake.at(toMake.directory()).toString(), tables.hadoop())
        .begin(new BatchPlan(2, false, at, IdentityRulesReader.builtIn().text(), sources, base));
  }

  private static Map<String, List<String>> tables(IdentityLake lake) {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : TABLES) {
      Path path = lake.directory().resolve("identity/" + table);
      if (path.toFile().exists()) {
        List<String> rows = new ArrayList<>(lake.rows("SELECT * FROM delta.`" + path + "`"));
        rows.sort(null);
        tables.put(table, rows);
      }
    }
    return tables;
  }
}
