package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that nobody should have landed: a stated result, and no component of everything. */
class BadSourcesTest {
  @TempDir Path directory;

  @Test
  void emptyConstantEqualAndMixedValuesGiveAStatedResult() {
    IdentityLake lake = new IdentityLake(directory);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(new Event(1, "track", "d-equal", "u-equal", null));
      events.add(new Event(i, "page", i % 2 == 0 ? "  " : null, "", null));
      events.add(Event.login(i, "00000000-0000-0000-0000-000000000000", "zero" + i));
    }
    lake.land(events);
    // Numbers for ids, no e-mail at all, everybody verified.
    StructType mixed =
        new StructType()
            .add("event_time", "timestamp")
            .add("user_id", "bigint")
            .add("email", "string")
            .add("email_verified", "boolean")
            .add("phone", "double");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(RowFactory.create(IdentityLake.DAY.plusSeconds(i), (long) i, null, true, 5.5e9));
    }
    rows.add(RowFactory.create(IdentityLake.DAY, null, "not an address", true, Double.NaN));
    lake.save(rows, mixed, "silver/identified_v1");
    var told = lake.run().values();
    assertThat(told).containsEntry("mode", "incremental");
    assertThat(
            lake.rows(
                "SELECT observations FROM identity.evidence WHERE right_value = 'd-equal' OR left_value = 'd-equal'"))
        .as("equal events are one edge")
        .containsExactly("[200]");
    assertThat(lake.rows("SELECT max(size) FROM identity.profiles")).containsExactly("[2]");
    assertThat(lake.links())
        .doesNotContainKeys("user_id:", "anonymous_id:")
        .containsKeys("user_id:7", "user_id:zero7");
    assertThat(new HashSet<>(lake.links().values()))
        .as("logins 1 to 49, the 200 of a device of zeros, and the equal one; login 0 is nobody")
        .hasSize(49 + 200 + 1);
  }
}
