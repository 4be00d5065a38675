package dev.tributary.predictor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClusterTest {
  @Test
  void allCoresAreCountedWithoutOverflow() {
    assertThat(new Cluster("m", 2_500_000, 4, 1).cores()).isEqualTo(Cluster.MOST_CORES);
    assertThatThrownBy(() -> new Cluster("m", 2_500_001, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 10000000");
    assertThatThrownBy(() -> new Cluster("m", 65_536, 65_536, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Cluster.isPossible(0, 4)).isFalse();
  }
}
