package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class RunIdTest {
  private static final long LAST_48_BIT_MILLISECOND = (1L << 47) - 2;

  @Property(seed = "2002")
  void isAUuidOfVersionSevenThatSortsByTime(
      @ForAll @LongRange(min = 0, max = LAST_48_BIT_MILLISECOND) long millis,
      @ForAll long high,
      @ForAll long low) {
    UUID id = RunId.at(millis, high, low);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.toString()).isLessThan(RunId.at(millis + 1, low, high).toString());
  }
}
