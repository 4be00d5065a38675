package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.job.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A misspelt rule is an error, one that has nothing to read yet is none. */
class RuleCheckTest {
  @TempDir Path directory;
  private IdentityLake lake;

  @BeforeEach
  void land() {
    lake = new IdentityLake(directory.resolve("lake"));
    lake.land(List.of(Event.login(1, "d1", "u1")));
  }

  /** The built-in rules and one more. */
  private String rules(String table, String left) throws IOException {
    String rule =
        """
          - rule: of_mine
            table: %s
            left: {anonymous_id: %s}
            right: {user_id: user_id}
          - rule: same_login
        """
            .formatted(table, left);
    String text = IdentityRulesReader.builtIn().text();
    Path file = directory.resolve("rules.yaml");
    Files.writeString(file, text.replaceFirst("(?m)^  - rule: same_login\\n", rule));
    return "rules=" + file;
  }

  @Test
  void aColumnThatNoModelHasIsAnErrorWithTheNearest() throws IOException {
    String misspelt = rules("silver.activity", "anonymus_id");
    assertThatThrownBy(() -> lake.run(misspelt))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("of_mine")
        .hasMessageContaining("'anonymus_id', which silver.activity does not have")
        .hasMessageContaining("did you mean 'anonymous_id'?");
    assertThat(directory.resolve("lake/identity")).doesNotExist();
  }

  @Test
  void aMisspeltTableIsAnErrorWithTheNearest() throws IOException {
    String misspelt = rules("silver.activty", "anonymous_id");
    assertThatThrownBy(() -> lake.run(misspelt))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("did you mean 'silver.activity'?");
  }

  @Test
  void aHouseholdOfWhatIsNoPersonIsAnError() throws IOException {
    String text = IdentityRulesReader.builtIn().text();
    Path file = directory.resolve("rules.yaml");
    String address = "address.postal_code IS NOT NULL\n    left: {user_id: user_id}";
    assertThat(text).contains(address);
    Files.writeString(
        file, text.replace(address, address.replace("{user_id: user_id}", "{address: user_id}")));
    assertThatThrownBy(() -> lake.run("rules=" + file))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("household.address")
        .hasMessageContaining("which no rule of persons knows");
  }

  @Test
  void aTableThatHasNotLandedYetIsWaitedFor() throws IOException {
    lake.run(rules("silver.club_joined", "device"));
    assertThat(lake.links()).hasSize(2);
  }

  @Test
  void aColumnThatOneModelOfAnEventHasIsEnough() throws IOException {
    lake.accounts(List.of(new IdentityLake.Account(1, "u1", "a@x.org", true, null)));
    lake.save(
        List.of(
            org.apache.spark.sql.RowFactory.create(IdentityLake.DAY.plusSeconds(5), "u1", "d7")),
        new org.apache.spark.sql.types.StructType()
            .add("event_time", "timestamp")
            .add("user_id", "string")
            .add("device", "string"),
        "silver/identified_v2");
    lake.run(rules("silver.identified", "device"));
    assertThat(lake.links().get("anonymous_id:d7")).isEqualTo(lake.links().get("user_id:u1"));
  }
}
