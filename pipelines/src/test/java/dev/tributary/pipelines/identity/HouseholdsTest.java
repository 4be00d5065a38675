package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.identity.graph.Decision.Kind;
import dev.tributary.pipelines.lake.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  private static IdentityQueries queries(IdentityLake lake) {
    return new IdentityQueries(lake.spark(), lake.directory().toString(), Optional.empty());
  }

  private static void decide(IdentityLake lake, Kind kind, String one, String other) {
    queries(lake).decisions().decide(kind, one, other, "ada", "asked them", Instant.now());
  }

  private static List<String> history(IdentityLake lake) {
    return lake.rows("SELECT * FROM identity.households ORDER BY ALL");
  }

  @Test
  void decisionsHoldForPersonsUntilTheyAreTakenBackAndOutliveRebuilds() {
    IdentityLake lake = new IdentityLake(directory.resolve("decided"));
    lake.land(List.of(Event.login(1, "d1", "ann")));
    accounts(lake, first(true));
    accounts(lake, then(true));
    lake.run();
    Map<String, String> before = households(lake);
    Map<String, String> persons = lake.links();
    String home = "address:GB|AB12CD|1 high st";
    String block = "address:gb|ab12cd|block 9";

    DecisionBook book = queries(lake).decisions();
    Instant now = Instant.now();
    assertThatThrownBy(() -> decide(lake, Kind.MUST_LINK, "user_id:eve", block))
        .hasMessageContaining("cannot make a household: it is a building");
    assertThatThrownBy(() -> decide(lake, Kind.CANNOT_LINK, "user_id:eve", "address:nowhere"))
        .hasMessageContaining("address:nowhere is neither a person's nor shared by any");
    assertThatThrownBy(
            () ->
                book.decideOfHousehold(
                    Kind.MUST_LINK, "user_id:eve", "user_id:nobody", "ada", "asked", now))
        .hasMessageContaining("user_id:nobody is neither a person's");
    assertThatThrownBy(() -> decide(lake, Kind.CANNOT_LINK, home, block))
        .hasMessageContaining("is a person's");
    assertThatThrownBy(
            () -> book.unmerge(before.get("ann"), List.of("user_id:ann"), "ada", "asked", now))
        .hasMessageContaining("is a household, not a profile");

    decide(lake, Kind.CANNOT_LINK, "email:ann@x.org", home);
    book.decideOfHousehold(Kind.MUST_LINK, "user_id:eve", "user_id:bob", "ada", "asked", now);
    book.decideOfHousehold(Kind.MUST_LINK, "user_id:flat0", "user_id:flat1", "ada", "asked", now);
    lake.run();
    Map<String, String> decided = households(lake);
    assertThat(decided).doesNotContainKey("ann").doesNotContainKey("flat2");
    assertThat(decided.get("eve")).isEqualTo(decided.get("bob")).isEqualTo(decided.get("kid"));
    assertThat(decided.get("flat0")).startsWith("h_").isEqualTo(decided.get("flat1"));
    assertThat(lake.links()).as("the graph of persons").isEqualTo(persons);

    assertThat(queries(lake).explain("user_id:ann", home).words())
        .contains("(no household)", "of no one household", "cannot-link by ada: asked them");
    assertThat(queries(lake).explainHousehold("user_id:eve", "user_id:kid").words())
        .contains("are of one household: " + decided.get("kid"), "must-link");
    assertThat(queries(lake).explain("user_id:flat2", block).words())
        .contains("a building: 16 persons share it, more than 15");
    assertThat(queries(lake).explainHousehold("user_id:bob", "user_id:bob-at-work").words())
        .contains("are one: profile p_");

    assertThat(queries(lake).show(decided.get("eve")))
        .containsEntry("size", 3)
        .containsEntry("former_members", List.of(persons.get("user_id:ann")));
    assertThatThrownBy(() -> queries(lake).show("h_none")).hasMessageContaining("h_none");

    accounts(lake, List.of(account(60, "ann-too", "ann@x.org", "1 High St")));
    lake.run();
    assertThat(households(lake)).as("her other login is her").isEqualTo(decided);
    List<String> history = history(lake);
    lake.run("rebuild=true");
    assertThat(history(lake)).isEqualTo(history);

    decide(lake, Kind.MUST_LINK, "user_id:ann-too", home);
    book.decideOfHousehold(
        Kind.CANNOT_LINK, "user_id:eve", "user_id:bob", "ada", "not so", Instant.now());
    lake.run();
    Map<String, String> back = households(lake);
    assertThat(back.get("ann")).isEqualTo(back.get("bob")).isEqualTo(before.get("bob"));
    assertThat(back.get("eve")).isEqualTo(before.get("eve"));
    long version = members(lake);
    lake.land(List.of(Event.login(70, "d7", "stranger")));
    lake.run();
    assertThat(members(lake)).as("nothing of households").isEqualTo(version);
  }

  @Test
  void rulesWithoutHouseholdsLeaveNoneBehind() throws IOException {
    IdentityLake lake = new IdentityLake(directory.resolve("former"));
    lake.land(List.of(Event.login(1, "d1", "ann")));
    accounts(lake, first(true));
    lake.run();
    assertThat(households(lake)).hasSize(18);
    Path rules =
        Files.writeString(
            directory.resolve("rules.yaml"),
            """
            types: {user_id: text, email: email}
            evidence:
              - rule: verified_email
                table: silver.identified
                where: email_verified
                left: {user_id: user_id}
                right: {email: email}
            """);
    lake.run("rebuild=true", "rules=" + rules);
    assertThat(households(lake)).isEmpty();
    DecisionBook book =
        new IdentityQueries(lake.spark(), lake.directory().toString(), Optional.of(rules))
            .decisions();
    assertThatThrownBy(
            () ->
                book.decideOfHousehold(
                    Kind.MUST_LINK, "user_id:eve", "user_id:bob", "ada", "asked", Instant.now()))
        .hasMessageContaining("There are no households to decide of");
  }

  private static long members(IdentityLake lake) {
    return new IdentityTables(lake.spark(), Lake.at(lake.directory()).toString())
        .version("identity.household_members");
  }
}
