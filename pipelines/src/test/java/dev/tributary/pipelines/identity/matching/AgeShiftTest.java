package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgeShiftTest {
  private static String[] shifted(int years, int persons) {
    RecordSet.Builder builder = new RecordSet.Builder(List.of("name", "age"));
    for (int i = 0; i < persons; i++) {
      builder.add("1851", "%03d".formatted(i), new String[] {"name" + i, "" + i % 50});
      String age = i == 0 ? "old" : "" + (i % 50 + years + (i % 7 == 0 ? 1 : 0));
      builder.add("1861", "%03d".formatted(i), new String[] {"name" + i, age});
    }
    RecordSet records = builder.build();
    return AgeShift.atFirst(records, records.values("age"), records.values("name"));
  }

  @Test
  void agesOfALaterCensusAreComparedAsOfTheFirst() {
    String[] ages = shifted(10, 100);
    assertThat(ages[8]).isEqualTo("8");
    assertThat(ages[100]).isEqualTo("old");
    assertThat(ages[108]).isEqualTo("8");
    assertThat(ages[107]).isEqualTo("8");
  }

  @Test
  void agesOfOneYearAndOfFewPersonsStay() {
    assertThat(shifted(0, 100)[108]).isEqualTo("8");
    assertThat(shifted(10, 5)[8]).isEqualTo("13");
  }

  @Test
  void onlyAgesAreShifted() {
    assertThat(AgeShift.isAge("birth_age")).isTrue();
    assertThat(AgeShift.isAge("Age")).isTrue();
    assertThat(AgeShift.isAge("village")).isFalse();
    assertThat(AgeShift.isAge("pages")).isFalse();
  }
}
