package dev.tributary.predictor.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WorkingSetTest {
  private final Random random = new Random(11);
  private final List<double[]> points = new ArrayList<>();
  private final List<Double> memory = new ArrayList<>();

  WorkingSetTest() {
    for (double perCore : new double[] {2, 4, 8}) {
      for (double cores : new double[] {2, 4, 8}) {
        for (double nodes : new double[] {4, 8, 16}) {
          points.add(new double[] {log2(nodes), log2(cores), log2(perCore)});
          memory.add(nodes * cores * perCore);
        }
      }
    }
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private Optional<WorkingSet> find(double gain, double needed, int completed) {
    double[] costs = new double[points.size()];
    for (int i = 0; i < costs.length; i++) {
      double[] p = points.get(i);
      costs[i] = 0.3 * (p[0] + p[1]) + 0.1 * p[2] + 0.03 * random.nextGaussian();
      costs[i] += memory.get(i) < needed ? gain : 0;
      costs[i] = i < completed ? costs[i] : Double.NaN;
    }
    return WorkingSet.find(
        points.toArray(double[][]::new),
        memory.stream().mapToDouble(Double::doubleValue).toArray(),
        costs);
  }

  @Test
  void aStepIsFoundWhereItIs() {
    for (double needed : new double[] {64, 128, 256}) {
      WorkingSet found = find(0.6, needed, 27).orElseThrow();

      assertThat(found.memoryGb()).isEqualTo(needed);
      assertThat(found.gain()).isCloseTo(0.6, Offset.offset(0.06));
      assertThat(found.extra(needed)).isZero();
      assertThat(found.extra(needed / 2)).isEqualTo(found.gain());
    }
  }

  @Test
  void aSmoothCostHasNone() {
    assertThat(find(0, 128, 27)).isEmpty();
  }

  @Test
  void fewRunsTellNone() {
    assertThat(find(0.6, 128, 15)).isEmpty();
  }
}
