package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.lake.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what Spark refuses in a model's SQL is the fault of its rules. */
class ModelColumnsTest {
  private static final String RULES =
      """
      types: {anonymous_id: text, user_id: text}
      evidence:
        - rule: same_login
          table: silver.activity
          left: {anonymous_id: anonymous_id}
          right: {user_id: user_id}
      models:
        people:
          columns: {place: city}
          records:
            - table: silver.activity
              id: {user_id: user_id}
              where: no_such_condition > 1
              values: {place: source}
      behaviour:
        devices:
          - table: silver.activity
            device: {anonymous_id: anonymous_id}
            network: no_such_network
      """;

  @TempDir Path directory;

  private static void assertIsOfTheRules(ThrowingCallable read, String model, String what) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("Model '" + model + "' cannot read silver.activity")
        .hasMessageContaining(what);
  }

  @Test
  void aColumnThatATableLacksIsNamedWithTheModel() {
    IdentityLake lake = new IdentityLake(directory);
    lake.land(List.of(Event.login(1, "d1", "u1")));
    IdentityRules rules = IdentityRulesReader.parse("test", RULES);
    IdentityTables tables = new IdentityTables(lake.spark(), Lake.at(directory).toString());
    BehaviourRule behaviour = rules.models().behaviour().orElseThrow();
    assertIsOfTheRules(
        () -> new DeviceTraces(tables, rules, behaviour).now(),
        behaviour.name(),
        "no_such_network");
    RecordRule records = rules.models().records().get(0);
    assertIsOfTheRules(
        () -> new RecordEvidence(tables, rules, records).fit(progress -> {}),
        "people",
        "no_such_condition");
  }

  @Test
  void anotherFailureIsNotCalledABadColumn() {
    Dataset<Row> table = new IdentityLake(directory).spark().range(1).toDF();
    assertThatThrownBy(
            () ->
                ModelColumns.select(
                    "m", "silver.activity", table, Optional.empty(), col("id"), (Column) null))
        .isInstanceOf(NullPointerException.class);
  }
}
