package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeantAndNothingFarOff() {
    List<String> jobs = List.of("landing", "replay-rejected", "repair-duplicates");
    assertThat(Nearest.to("lading", jobs)).contains("landing");
    assertThat(Nearest.to("replay-rejects", jobs)).contains("replay-rejected");
    assertThat(Nearest.to("xyzzy", jobs)).isEmpty();
    assertThat(Nearest.to("landing", List.of())).isEmpty();
  }

  @Property(seed = "2001")
  void isADistance(
      @ForAll @AlphaChars @StringLength(max = 12) String a,
      @ForAll @AlphaChars @StringLength(max = 12) String b,
      @ForAll @AlphaChars @StringLength(max = 12) String c) {
    assertThat(Nearest.distance(a, a)).isZero();
    assertThat(Nearest.distance(a, b)).isEqualTo(Nearest.distance(b, a));
    assertThat(Nearest.distance(a, c))
        .isLessThanOrEqualTo(Nearest.distance(a, b) + Nearest.distance(b, c));
  }
}
