package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.job.JobResult;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model learned from records is evidence in the job, however the records come. */
class ModelEvidenceTest {
  private static final int PERSONS = 150;
  private static final String TABLE = "crm/contacts";
  private static final StructType CONTACT =
      new StructType()
          .add("contact", "string")
          .add("event_time", "timestamp")
          .add("given", "string")
          .add("family", "string")
          .add("email", "string")
          .add("phone", "string")
          .add("town", "string");
  private static final List<String> SYLLABLES =
      List.of(
          "ba", "be", "di", "do", "fa", "fe", "gi", "go", "ha", "hu", "ka", "ki", "lo", "lu", "ma",
          "mi", "no", "nu", "pa", "pe", "ri", "ro", "sa", "su", "ta", "ti", "vo", "vu", "za", "zo");
  private static final List<String> TOWNS = List.of("Leeds", "Lyon", "Porto", "Ghent");
  private static final String RULES =
      """
      types: {crm_key: text, user_id: text}
      evidence:
        - rule: contact
          table: crm.contacts
          left: {crm_key: contact}
      models:
        customers:
          columns: {given: given_name, family: family_name, email: email, phone: phone, town: city}
          records:
            - table: crm.contacts
              id: {crm_key: contact}
              values: {given: given, family: family, email: email, phone: phone, town: town}
      """;

  @TempDir Path directory;

  @Test
  void whatIsScoredBitByBitIsWhatARebuildScoresAndOnlyBeingToldChangesTheModel()
      throws IOException {
    IdentityLake lake = lake("lake");
    List<Row> rows = contacts(new Random(20_261_123));
    Collections.shuffle(rows, new Random(3));
    lake.save(rows.subList(0, rows.size() * 2 / 3), CONTACT, TABLE);
    run(lake);
    String model = fingerprint(lake);
    int first = matches(lake).size();

    lake.save(rows.subList(rows.size() * 2 / 3, rows.size()), CONTACT, TABLE);
    run(lake);
    List<String> matches = matches(lake);
    assertPersons(lake.links());
    assertThat(matches).hasSizeGreaterThan(first);
    assertThat(lake.rows("SELECT DISTINCT rule FROM identity.edges"))
        .containsExactly("[model:customers-1]");
    assertExplained(lake);

    Row matched = lake.spark().sql("SELECT * FROM identity.matches ORDER BY ALL").head();
    String gone = matched.getString(2);
    String changed = other(matches, matched);
    DeltaTable.forPath(lake.spark(), lake.directory() + "/" + TABLE)
        .delete("contact = '" + gone + "'");
    Row moved = contact(changed, 90_000, "Zacharias", "Quill", "zq@example.org", "+4430999", "Ulm");
    lake.save(List.of(moved), CONTACT, TABLE);
    assertThat(assertSameAfterRebuild(lake))
        .hasSizeLessThan(matches.size())
        .noneMatch(row -> row.contains("," + gone + ",") || row.contains("," + changed + ","));
    Map<String, String> links = lake.links();
    assertThat(links).doesNotContainKey("crm_key:" + gone);
    assertThat(Collections.frequency(links.values(), links.get("crm_key:" + changed))).isOne();
    assertThat(fingerprint(lake)).isEqualTo(model);

    assertTrialAndRefit(lake);
  }

  /** Runs on what is new, then on everything anew; gives the matches. */
  private List<String> assertSameAfterRebuild(IdentityLake lake) throws IOException {
    run(lake);
    List<String> incremental = matches(lake);
    Map<String, String> links = lake.links();
    run(lake, "rebuild=true");
    assertThat(matches(lake)).isEqualTo(incremental);
    assertThat(lake.links()).isEqualTo(links);
    return incremental;
  }

  private void assertTrialAndRefit(IdentityLake lake) throws IOException {
    String model = fingerprint(lake);
    List<String> matches = matches(lake);
    Map<String, String> links = lake.links();
    Path stricter = directory.resolve("stricter.yaml");
    Files.writeString(stricter, RULES.replace("customers:", "customers:\n    at_least: 0.9999999"));
    assertThatThrownBy(() -> lake.run("rules=" + stricter))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("rules");
    JobResult trial = lake.run("rules=" + stricter, "dry-run=true", "refit-model=true");
    assertThat(trial.values().get("changes").toString()).contains("reassign");
    assertThat(lake.links()).isEqualTo(links);
    assertThat(matches(lake)).isEqualTo(matches);
    assertThat(fingerprint(lake)).isEqualTo(model);

    lake.spark()
        .sql(
            "UPDATE identity.models SET parameters ="
                + " regexp_replace(parameters, '\"comparisons\":[0-9]+', '\"comparisons\":1')");
    lake.spark().sql("UPDATE identity.models SET fingerprint = sha2(parameters, 256)");
    assertThatThrownBy(() -> run(lake))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("'customers-1' was learned by another version")
        .hasMessageContaining("refit-model=true");
    assertThat(matches(lake)).isEqualTo(matches);

    run(lake, "refit-model=true");
    assertThat(lake.rows("SELECT version, active FROM identity.models ORDER BY ALL"))
        .containsExactly("[customers-1,false]", "[customers-2,true]");
    assertThat(lake.rows("SELECT DISTINCT model_version FROM identity.matches"))
        .containsExactly("[customers-2]");
    assertThat(lake.rows("SELECT DISTINCT rule FROM identity.edges"))
        .containsExactly("[model:customers-2]");
    assertThat(run(lake).values()).containsEntry("nothing_new", true);
  }

  private void assertExplained(IdentityLake lake) throws IOException {
    Row pair = lake.spark().sql("SELECT * FROM identity.matches ORDER BY ALL").head();
    IdentityQueries.Explanation why =
        new IdentityQueries(lake.spark(), lake.directory().toString(), Optional.of(rulesFile()))
            .explain("crm_key:" + pair.getString(2), "crm_key:" + pair.getString(4));
    assertThat(why.words()).contains("model:customers-1 weighed", "given+family", "bits");
    assertThat(why.json().get("path").toString()).contains("comparisons=", "bits=");
  }

  /** A matched record that is none of a pair's. */
  private static String other(List<String> matches, Row pair) {
    return matches.stream()
        .map(row -> row.split(",")[2])
        .filter(one -> !one.equals(pair.getString(2)) && !one.equals(pair.getString(4)))
        .findFirst()
        .orElseThrow();
  }

  private static String fingerprint(IdentityLake lake) {
    return lake.rows("SELECT version, fingerprint FROM identity.models").toString();
  }

  private static List<String> matches(IdentityLake lake) {
    return lake.rows("SELECT * FROM identity.matches ORDER BY ALL");
  }

  /** A contact's number is its person's and a letter. */
  private static void assertPersons(Map<String, String> links) {
    int right = 0;
    int joined = 0;
    List<String> contacts = new ArrayList<>(links.keySet());
    for (int i = 0; i < contacts.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (links.get(contacts.get(i)).equals(links.get(contacts.get(j)))) {
          joined++;
          right += person(contacts.get(i)).equals(person(contacts.get(j))) ? 1 : 0;
        }
      }
    }
    System.out.println("records: " + right + " of " + joined + " joined pairs are right");
    assertThat(right).isGreaterThan(60);
    assertThat((double) right / joined).isGreaterThanOrEqualTo(0.98);
  }

  private static String person(String contact) {
    return contact.substring(0, contact.length() - 1);
  }

  private static List<Row> contacts(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int p = 0; p < PERSONS; p++) {
      String given = word(random) + "a";
      String family = word(random) + word(random);
      String email = word(random) + word(random) + "@example.com";
      String phone = "+44 20 " + (70_000_000 + random.nextInt(9_999_999));
      String town = TOWNS.get(random.nextInt(TOWNS.size()));
      rows.add(contact("c" + p + "a", p, given, family, email, phone, town));
      if (p % 2 == 0) {
        String typo = random.nextBoolean() ? family : family.substring(1) + family.charAt(0);
        rows.add(
            contact(
                "c" + p + "b",
                p + 500,
                given,
                typo,
                random.nextInt(3) == 0 ? null : email,
                random.nextInt(3) == 0 ? null : phone,
                town));
      }
    }
    return rows;
  }

  private static String word(Random random) {
    return SYLLABLES.get(random.nextInt(SYLLABLES.size()))
        + SYLLABLES.get(random.nextInt(SYLLABLES.size()));
  }

  private static Row contact(
      String id, int second, String given, String family, String email, String phone, String town) {
    return RowFactory.create(
        id, IdentityLake.DAY.plusSeconds(second), given, family, email, phone, town);
  }

  private IdentityLake lake(String name) {
    return new IdentityLake(directory.resolve(name));
  }

  private Path rulesFile() throws IOException {
    Path file = directory.resolve("rules.yaml");
    Files.writeString(file, RULES);
    return file;
  }

  private JobResult run(IdentityLake lake, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("rules=" + rulesFile());
    return lake.run(arguments.toArray(String[]::new));
  }
}
