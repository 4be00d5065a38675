package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.predictor.runtime.GaussianProcess.Form;
import dev.tributary.predictor.runtime.GaussianProcess.LogNormal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Machines 2 to 12 by sizes 10 to 50, 1 % noise. */
class GaussianProcessTest {
  private static final int[] MACHINES = {2, 4, 6, 8, 10, 12};
  private static final double[] SIZES = {10, 20, 30, 40, 50};

  private interface Truth {
    double at(int machines, double size);
  }

  private static double plain(int machines, double size) {
    return 30 + 8 * size / machines;
  }

  private static double[][] rows() {
    double[][] rows = new double[MACHINES.length * SIZES.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {MACHINES[i / SIZES.length], SIZES[i % SIZES.length]};
    }
    return rows;
  }

  private static double[] target(Truth truth) {
    Random random = new Random(6);
    double[][] rows = rows();
    double[] target = new double[rows.length];
    for (int i = 0; i < target.length; i++) {
      double noise = Math.exp(0.01 * random.nextGaussian());
      target[i] = noise * truth.at((int) rows[i][0], rows[i][1]);
    }
    return target;
  }

  private static GaussianProcess fit(double[] target, Scale scale) {
    Design design = new Design(List.of("machines", "size"), 0, rows(), target);
    return GaussianProcess.fit(new Form(Warp.LINEAR, scale, Scale.LINEAR), design, null, 60);
  }

  @Test
  void oneOddRunDoesNotBendItsNeighbours() {
    double[] target = target(GaussianProcessTest::plain);
    int odd = 12; // 6 machines, size 30
    target[odd] *= 1.3;
    GaussianProcess process = fit(target, Scale.INVERSE);
    LogNormal at = process.withoutBlock(new int[] {odd})[0];
    LogNormal beside = process.predict(new double[] {7, 30});
    System.out.println("beside an odd run: " + Math.exp(beside.mean()) + ", " + beside.deviation());
    assertThat(Math.exp(at.mean())).isCloseTo(plain(6, 30), within(0.03 * plain(6, 30)));
    assertThat(Math.exp(beside.mean())).isCloseTo(plain(7, 30), within(0.03 * plain(7, 30)));
    assertThat(beside.deviation()).isLessThan(0.04);
  }

  @Test
  void aValueWhoseRepetitionsLayFarApartCountsLess() {
    double[] target = target(GaussianProcessTest::plain);
    target[12] *= 1.03; // 6 machines, size 30
    double[] noise = new double[target.length];
    Arrays.fill(noise, 1);
    Form form = new Form(Warp.LINEAR, Scale.INVERSE, Scale.LINEAR);
    List<String> names = List.of("machines", "size");
    double[] asked = {6, 30};
    double alike =
        GaussianProcess.fit(form, new Design(names, 0, rows(), target, noise), null, 60)
            .predict(asked)
            .mean();
    noise[12] = 25;
    double noisy =
        GaussianProcess.fit(form, new Design(names, 0, rows(), target, noise), null, 60)
            .predict(asked)
            .mean();
    System.out.printf("noisy value: %.4f, alike %.4f%n", Math.exp(noisy), Math.exp(alike));
    assertThat(noisy).isLessThan(alike - 0.001);
    assertThat(Math.exp(noisy)).isCloseTo(plain(6, 30), within(0.02 * plain(6, 30)));
  }

  @Test
  void aClusterThatIsSlowForEverySizeIsLearnt() {
    Truth slow = (machines, size) -> plain(machines, size) * (machines == 8 ? 1.15 : 1);
    double[] target = target(slow);
    GaussianProcess process = fit(target, Scale.INVERSE);
    int left = 17; // 8 machines, size 30
    double without = Math.exp(process.withoutBlock(new int[] {left})[0].mean());
    System.out.println("slow cluster: " + without + " of " + slow.at(8, 30));
    assertThat(without).isCloseTo(slow.at(8, 30), within(0.05 * slow.at(8, 30)));
    double beside = Math.exp(process.predict(new double[] {9, 30}).mean());
    assertThat(beside).isCloseTo(plain(9, 30), within(0.06 * plain(9, 30)));
  }

  @Test
  void whereTheDriverTakesAMachineTheRestIsTheScale() {
    Truth rest = (machines, size) -> 30 + 8 * size / (machines - 1);
    double[] target = target(rest);
    double least = fit(target, Scale.INVERSE_BUT_ONE).negativeLogPosterior();
    assertThat(least).isLessThan(fit(target, Scale.INVERSE).negativeLogPosterior() - 1);
    assertThat(least).isLessThan(fit(target, Scale.LOG).negativeLogPosterior() - 1);
  }

  @Test
  void oneMachineHasAScaleToo() {
    assertThat(Scale.INVERSE_BUT_ONE.of(1)).isFinite().isLessThan(Scale.INVERSE_BUT_ONE.of(2));
  }
}
