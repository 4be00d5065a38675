package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeantAndNothingFarOff() {
    List<String> jobs = List.of("landing", "replay-rejected", "repair-duplicates");
    assertThat(Nearest.to("lading", jobs)).contains("landing");
    assertThat(Nearest.to("replay-rejects", jobs)).contains("replay-rejected");
    assertThat(Nearest.to("LADING", jobs)).contains("landing");
    assertThat(Nearest.to("xyzzy", jobs)).isEmpty();
    assertThat(Nearest.to("landing", List.of())).isEmpty();
  }
}
