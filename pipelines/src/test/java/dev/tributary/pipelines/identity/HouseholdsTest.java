package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons of one address are a household, and no more one person than before. */
class HouseholdsTest {
  private static final StructType ADDRESS =
      new StructType()
          .add("street", "string")
          .add("postal_code", "string")
          .add("country", "string");
  private static final StructType ACCOUNT =
      new StructType()
          .add("event_time", "timestamp")
          .add("source", "string")
          .add("user_id", "string")
          .add("email", "string")
          .add("email_verified", "boolean")
          .add("address", ADDRESS);

  @TempDir Path directory;

  private static Row account(int second, String user, String email, String street) {
    return RowFactory.create(
        IdentityLake.DAY.plusSeconds(second),
        "web",
        user,
        email,
        true,
        street == null ? null : RowFactory.create(street, "ab1 2CD", "gb"));
  }

  private static void accounts(IdentityLake lake, List<Row> accounts) {
    lake.save(accounts, ACCOUNT, "silver/identified_v1");
  }

  /** A family at two spellings of an address, a block of flats, and one who lives alone. */
  private static List<Row> first(boolean addresses) {
    List<Row> accounts = new ArrayList<>();
    accounts.add(account(10, "ann", "ann@x.org", addresses ? "1 High St." : null));
    accounts.add(account(11, "bob", "bob@x.org", addresses ? "1  high st" : null));
    accounts.add(account(12, "eve", "eve@x.org", addresses ? "7 Low Road" : null));
    for (int i = 0; i < 15; i++) {
      accounts.add(account(20 + i, "flat" + i, "f" + i + "@x.org", addresses ? "Block 9" : null));
    }
    return accounts;
  }

  /** A second login of one of them, a child, and one too many in the block. */
  private static List<Row> then(boolean addresses) {
    return List.of(
        account(50, "bob-at-work", "bob@x.org", addresses ? "1 High St" : null),
        account(51, "kid", "kid@x.org", addresses ? "1 High St" : null),
        account(52, "flat15", "f15@x.org", addresses ? "Block 9" : null));
  }

  private static Map<String, String> households(IdentityLake lake) {
    Map<String, String> households = new TreeMap<>();
    for (Row row :
        lake.spark()
            .sql(
                "SELECT identifier_value, household_id FROM identity.links l"
                    + " JOIN identity.households h ON l.profile_id = h.profile_id"
                    + " WHERE identifier_type = 'user_id' AND l.valid_to IS NULL"
                    + " AND h.valid_to IS NULL")
            .collectAsList()) {
      households.put(row.getString(0), row.getString(1));
    }
    return households;
  }

  private static Map<String, Object> shown(IdentityLake lake, String identifier) {
    return new IdentityQueries(lake.spark(), lake.directory().toString(), Optional.empty())
        .show(identifier);
  }

  @Test
  void theyAreOfProfilesBoundedStableAndApartFromPersons() {
    IdentityLake lake = new IdentityLake(directory.resolve("addresses"));
    lake.land(List.of(Event.login(1, "d1", "ann")));
    accounts(lake, first(true));
    lake.run();
    Map<String, String> before = households(lake);
    assertThat(before).hasSize(18);
    assertThat(before.get("ann")).startsWith("h_").isEqualTo(before.get("bob"));
    assertThat(before.get("eve")).isNotEqualTo(before.get("ann"));
    assertThat(before.get("flat0")).isEqualTo(before.get("flat14"));

    assertThat(shown(lake, "user_id:ann")).containsEntry("graph", "person");
    assertThat(shown(lake, "user_id:eve")).containsEntry("graph", "person");

    accounts(lake, then(true));
    lake.run();
    Map<String, String> after = households(lake);
    assertThat(after).containsOnlyKeys("ann", "bob", "bob-at-work", "kid", "eve");
    for (String one : List.of("ann", "bob", "bob-at-work", "kid")) {
      assertThat(after)
          .as("the block is a building, not a household")
          .containsEntry(one, before.get("ann"));
    }
    assertThat(after).containsEntry("eve", before.get("eve"));
    assertThat(
            lake.rows(
                "SELECT DISTINCT size FROM identity.households WHERE valid_to IS NULL ORDER BY 1"))
        .as("persons, not logins")
        .containsExactly("[1]", "[3]");
    List<String> history = lake.rows("SELECT * FROM identity.households ORDER BY ALL");
    Map<String, String> links = lake.links();
    lake.run("rebuild=true");
    assertThat(households(lake)).isEqualTo(after);
    assertThat(lake.rows("SELECT * FROM identity.households ORDER BY ALL")).isEqualTo(history);
    assertThat(new HashSet<>(lake.rows("SELECT graph FROM identity.profiles")))
        .containsExactly("[person]");

    IdentityLake without = new IdentityLake(directory.resolve("none"));
    without.land(List.of(Event.login(1, "d1", "ann")));
    accounts(without, first(false));
    accounts(without, then(false));
    without.run();
    assertThat(without.links()).as("the graph of persons").isEqualTo(links);
    assertThat(households(without)).isEmpty();
  }
}
