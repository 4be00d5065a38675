package dev.tributary.predictor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.memory.MemoryEvaluation.Figures;
import dev.tributary.predictor.memory.MemoryEvaluation.Protocol;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryEvaluationTest {
  @Test
  void onAGridThatFollowsARuleNothingIsUnderSizedAndTheSameSeedGivesTheSame() {
    List<Run> grid = new ArrayList<>();
    for (double rows : new double[] {100, 150, 200, 250, 300}) {
      double need = 300 + 5 * rows;
      for (double memory : new double[] {512, 896, 1536, 2560}) {
        Cluster cluster = new Cluster("local", 1, 2, memory);
        grid.add(
            memory < need
                ? MemoryModelsTest.outOfMemory(cluster, rows)
                : MemoryModelsTest.finished(cluster, rows, 0.8 * need + 0.05 * memory));
      }
    }
    for (Protocol protocol : Protocol.values()) {
      Figures figures = MemoryEvaluation.evaluate(grid, protocol, 300, 5);
      assertThat(figures.underSizedKnown()).as(protocol.name()).isZero();
      assertThat(figures.known()).isGreaterThan(100);
      assertThat(figures.medianOverPeak()).isBetween(0.0, 0.25);
      assertThat(figures.medianOverLeast()).isBetween(-0.2, 0.6);
      assertThat(MemoryEvaluation.evaluate(grid, protocol, 300, 5)).isEqualTo(figures);
    }
  }

  @Test
  void aGridOfOneWorkloadCannotBeEvaluated() {
    List<Run> one = List.of(MemoryModelsTest.finished(new Cluster("local", 1, 2, 512), 1, 100));
    assertThatThrownBy(() -> MemoryEvaluation.evaluate(one, Protocol.RECURRING, 10, 1))
        .hasMessageContaining("bench memory-grid");
  }
}
