package dev.tributary.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableContractsTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        RejectedColumns.class,
        DuplicateColumns.class,
        ActivityColumns.class,
        JobRunColumns.class,
        JobMetricColumns.class,
        LandingBatchColumns.class,
        IdentityEdgeColumns.class,
        IdentityAssignmentColumns.class,
        IdentityGroupColumns.class,
        IdentityProfileColumns.class,
        IdentityChangeColumns.class,
        IdentityAliasColumns.class,
        IdentityDropColumns.class,
        IdentityExcludedColumns.class,
        IdentityDecisionColumns.class,
        IdentityHouseholdColumns.class,
        IdentityMatchColumns.class,
        IdentityBatchColumns.class,
        ConsentColumns.class
      })
  void constantsNameTheColumnsOfTheContractInOrder(Class<?> constants) throws Exception {
    List<String> values = constantsOf(constants);
    TableContract contract = TableContracts.of(values.get(0));
    assertThat(values.subList(1, values.size())).isEqualTo(contract.columnNames());
  }

  @Test
  void theEnvelopeIsLeadingThenTrailingColumns() {
    List<String> names = new ArrayList<>(EnvelopeColumns.LEADING);
    names.addAll(EnvelopeColumns.TRAILING);
    assertThat(TableContracts.eventEnvelope().columnNames()).isEqualTo(names);
  }

  @Test
  void everyContractIsThereWithKeyAndDescriptions() {
    assertThat(TableContracts.all()).hasSize(22);
    for (TableContract contract : TableContracts.all()) {
      assertThat(contract.key()).isNotEmpty();
      assertThat(contract.at(1).columns()).isNotEmpty();
      assertThat(contract.since(0)).hasSize(contract.version());
      assertThat(contract.columns()).allMatch(column -> !column.description().isBlank());
    }
  }

  @Test
  void personalColumnsAreTagged() {
    assertThat(TableContracts.of("silver.activity").column("ip").tags()).containsExactly("pii.ip");
    assertThat(TableContracts.of("bronze.rejected").column("raw").tags()).contains("pii.email");
    assertThat(TableContracts.of("bronze.rejected").retention()).contains(Duration.ofDays(400));
  }

  @Test
  void anUnknownTableIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> TableContracts.of("silver.activities"))
        .hasMessageContaining("silver.activities")
        .hasMessageContaining("silver.activity");
  }

  private static List<String> constantsOf(Class<?> type) throws IllegalAccessException {
    List<String> values = new ArrayList<>();
    for (Field field : Arrays.asList(type.getDeclaredFields())) {
      if (Modifier.isPublic(field.getModifiers())) {
        values.add((String) field.get(null));
      }
    }
    return values;
  }
}
