package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.components.ComponentEngines;
import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.schemas.contract.ConsentColumns;
import dev.tributary.schemas.contract.IdentityDecisionColumns;
import dev.tributary.schemas.contract.IdentityHouseholdColumns;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that looks only at what it touches comes to the households that all evidence has. */
class TouchedHouseholdsTest {
  private static final long[] SEEDS = {20_261_123};
  private static final int BATCHES = 4;
  private static final int ALL_AT_ONCE = 3;
  private static final int PERSONS = 36;
  private static final StructType ACCOUNT =
      new StructType()
          .add("event_time", "timestamp")
          .add("source", "string")
          .add("user_id", "string")
          .add("email", "string")
          .add("email_verified", "boolean")
          .add("street", "string")
          .add("network", "string")
          .add("consent_id", "string");
  private static final String RULES =
      """
      types: {user_id: text, anonymous_id: text, email: email, address: lower, network: text}
      evidence:
        - rule: verified_email
          table: silver.identified
          where: email_verified
          left: {user_id: user_id}
          right: {email: email}
          confidence: 0.95
          consent: consent_id
        - rule: household.address
          table: silver.identified
          left: {user_id: user_id}
          right: {address: street}
          confidence: 0.8
          consent: consent_id
        - rule: household.network
          table: silver.identified
          left: {user_id: user_id}
          right: {network: network}
          confidence: 0.6
      person: {graph: person}
      household:
        graph: household
        limits: [{type: person, max: 5}, {type: address, max: 2}]
        hubs: [{type: address, neighbours: person, max: 4}, {type: network, neighbours: person, max: 3}]
      """;

  @TempDir Path directory;

  private IdentityLake lake;
  private Random random;
  private Path rules;

  @Test
  void batchesEqualTheWholeComputationAfterEach() throws IOException {
    for (long seed : SEEDS) {
      random = new Random(seed);
      Path home = Files.createDirectory(directory.resolve("lake" + seed));
      rules = Files.writeString(home.resolve("rules.yaml"), RULES);
      lake = new IdentityLake(home);
      accounts(60);
      lake.run("rules=" + rules);
      for (int batch = 2; batch <= BATCHES; batch++) {
        change();
        lake.run("rules=" + rules, "small-delta=" + smallDelta(batch));
        assertThat(missed()).as("batch %d of seed %d", batch, seed).isEmpty();
      }
      List<String> history = history();
      assertThat(history).hasSizeGreaterThan(25).anyMatch(row -> row.contains(",null,"));
      lake.run("rebuild=true", "rules=" + rules);
      assertThat(history()).isEqualTo(history);
    }
  }

  /** Enough, nothing, or so little that a batch may find it too much on its way. */
  private static int smallDelta(int batch) {
    return batch == ALL_AT_ONCE ? 0 : batch % 2 == 0 ? 1_000 : 60;
  }

  private List<String> history() {
    return lake.rows(
        "SELECT * FROM delta.`%s/identity/household_members` ORDER BY ALL"
            .formatted(lake.directory()));
  }

  /** What the whole computation would still change. */
  private List<String> missed() {
    IdentityTables tables = new IdentityTables(lake.spark(), Lake.at(lake.directory()).toString());
    IdentityRules told = IdentityRulesReader.parse("rules", RULES);
    Map<String, BatchPlan.Range> sources = new HashMap<>();
    for (String table : List.of(IdentityDecisionColumns.TABLE, ConsentColumns.TABLE)) {
      long version = tables.version(table);
      sources.put(table, new BatchPlan.Range(version, version));
    }
    String members = IdentityHouseholdColumns.TABLE;
    BatchPlan plan =
        new BatchPlan(99, false, 0, RULES, sources, Map.of(members, tables.version(members)));
    Facts facts = new Facts(tables, told, plan);
    HouseholdLookup lookup = new HouseholdLookup(tables, told, plan, facts, 1_000_000);
    try (Staging staging = new Staging(tables, false)) {
      return new AllHouseholds(tables, told, plan, ComponentEngines.named("builtin"), staging)
          .changes(HouseholdDecisions.read(told, facts, lookup)).collectAsList().stream()
              .map(Row::toString)
              .toList();
    }
  }

  /** New accounts, and mostly something that goes, is withdrawn, given again or decided. */
  private void change() {
    accounts(1 + random.nextInt(6));
    if (random.nextBoolean()) {
      String some = random.nextBoolean() ? "true" : "network IS NOT NULL";
      DeltaTable.forPath(lake.spark(), lake.directory() + "/silver/identified_v1")
          .delete("user_id LIKE '%" + random.nextInt(10) + "' AND " + some);
    }
    if (random.nextBoolean()) {
      int person = random.nextInt(PERSONS);
      boolean ofEvidence = random.nextBoolean();
      lake.consent(
          ofEvidence ? "c" + person : "other" + random.nextInt(3),
          ofEvidence ? "user_id:nobody" : "user_id:u" + person,
          random.nextInt(3) > 0 ? "withdrawn" : "given",
          random.nextInt(1_000));
    }
    if (random.nextBoolean()) {
      decide();
    }
  }

  private void decide() {
    DecisionBook book =
        new IdentityQueries(lake.spark(), Lake.at(lake.directory()).toString(), Optional.of(rules))
            .decisions();
    Decision.Kind kind = Decision.Kind.values()[random.nextInt(2)];
    String one = "user_id:u" + random.nextInt(PERSONS);
    String other =
        switch (random.nextInt(3)) {
          case 0 -> "address:a" + random.nextInt(PERSONS / 3);
          case 1 -> "email:p" + random.nextInt(PERSONS) + "@x.org";
          default -> "user_id:u" + random.nextInt(PERSONS);
        };
    try {
      if (random.nextInt(4) == 0) {
        book.decide(kind, one, other, "test", "seen", Instant.now());
      } else {
        book.decideOfHousehold(kind, one, other, "test", "seen", Instant.now());
      }
    } catch (JobException refused) {
      assertThat(refused)
          .hasMessageMatching(
              "(?s).*(no household can be decided|is a person's|a building|nothing to decide|stands for nobody).*");
    }
  }

  /** Families of three at an address, some at others', few networks, some with two logins. */
  private void accounts(int count) {
    List<Row> accounts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int person = random.nextInt(PERSONS);
      int mail = random.nextInt(10) == 0 ? person ^ 1 : person;
      int home = random.nextInt(8) == 0 ? random.nextInt(PERSONS) : person;
      accounts.add(
          RowFactory.create(
              IdentityLake.DAY.plusSeconds(random.nextInt(5_000)),
              "web",
              "u" + person + (random.nextInt(4) == 0 ? "b" : ""),
              "p" + mail + "@x.org",
              random.nextInt(5) > 0,
              random.nextInt(4) == 0 ? null : "a" + home / 3,
              random.nextInt(3) > 0 ? null : "n" + random.nextInt(6),
              random.nextInt(3) > 0 ? null : "c" + person));
    }
    lake.save(accounts, ACCOUNT, "silver/identified_v1");
  }
}
