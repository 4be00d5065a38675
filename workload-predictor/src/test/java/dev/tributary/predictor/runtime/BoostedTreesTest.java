package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.model.Prediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {
  private record Row(double[] features, double value) {}

  /** A machine with twice the memory runs ten times as fast once the data fits, at no slope. */
  private static double truth(double size, double memory, double cores) {
    return size > memory ? 1000 : 100 + 0 * cores;
  }

  private static List<Row> rows(int count, double noise) {
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] features = {1 + i % 4, 1 + random.nextInt(12), 1 + random.nextInt(12)};
      double value = truth(features[1], features[2], features[0]);
      rows.add(new Row(features, value * Math.exp(noise * random.nextGaussian())));
    }
    return rows;
  }

  private static Design design(List<Row> rows) {
    return new Design(
            List.of("machines", "size", "memory"),
            0,
            rows.stream().map(Row::features).toArray(double[][]::new),
            rows.stream().mapToDouble(Row::value).toArray())
        .sorted();
  }

  private static BoostedTrees trees(Design design) {
    double[] logs = design.target().clone();
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(logs[i]);
    }
    return new BoostedTrees(design.rows(), logs);
  }

  @Test
  void findsAStepExactly() {
    double[][] rows = new double[20][];
    double[] logs = new double[20];
    for (int i = 0; i < 20; i++) {
      rows[i] = new double[] {i, i % 3};
      logs[i] = i < 7 ? 2 : 5;
    }
    BoostedTrees trees = new BoostedTrees(rows, logs);
    assertThat(trees.predict(new double[] {6, 1})).isCloseTo(2, within(0.001));
    assertThat(trees.predict(new double[] {6.4, 9})).isCloseTo(2, within(0.001));
    assertThat(trees.predict(new double[] {7, 1})).isCloseTo(5, within(0.001));
  }

  @Test
  void theOrderOfRowsDoesNotMatter() {
    List<Row> rows = rows(120, 0.02);
    double once = trees(design(rows)).predict(new double[] {2, 5, 6});
    Collections.shuffle(rows, new Random(2));
    assertThat(trees(design(rows)).predict(new double[] {2, 5, 6})).isEqualTo(once);
  }

  @Test
  void whatIsSaidOfARowWithoutItDoesNotDependOnItsValue() {
    List<Row> rows = rows(60, 0.02);
    Design plain = design(rows);
    double[] spoilt = plain.target().clone();
    spoilt[11] *= 50;
    Design odd = new Design(plain.names(), 0, plain.rows(), spoilt);
    int[] row = {11};
    int[] context =
        plain.contexts().values().stream()
            .filter(block -> block.length > 1)
            .findFirst()
            .orElseThrow();
    assertThat(new BoostedTreesMember(odd, 1).withoutBlock(row)[0].mean())
        .isEqualTo(new BoostedTreesMember(plain, 1).withoutBlock(row)[0].mean());
    double[] other = plain.target().clone();
    for (int i : context) {
      other[i] *= 50;
    }
    Design changed = new Design(plain.names(), 0, plain.rows(), other);
    assertThat(new BoostedTreesMember(changed, 1).withoutBlock(context)[0].mean())
        .isEqualTo(new BoostedTreesMember(plain, 1).withoutBlock(context)[0].mean());
  }

  @Test
  void intervalsHoldWhereTimeJumps() {
    PerformanceModel model = PerformanceModel.fit(design(rows(160, 0.02)), 1);
    double error = 0;
    int covered = 0;
    int asked = 0;
    String named = "";
    for (int size = 1; size <= 12; size++) {
      for (int memory = 1; memory <= 12; memory++) {
        Prediction prediction = model.predict(new double[] {2, size, memory}, 0.9);
        double truth = truth(size, memory, 2);
        error += Math.abs(Math.log(prediction.expected() / truth));
        covered += prediction.lower() <= truth && truth <= prediction.upper() ? 1 : 0;
        asked++;
        named = prediction.model();
      }
    }
    System.out.printf("jumps: %s, %.3f, %d of %d%n", named, error / asked, covered, asked);
    assertThat(error / asked).isLessThan(0.25);
    assertThat((double) covered / asked).isGreaterThan(0.8);
  }
}
