package dev.tributary.predictor.runtime;

import dev.tributary.predictor.runtime.GaussianProcess.LogNormal;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Ernest with the spread of its own leave-one-out errors; refits for what it leaves out. */
final class ErnestMember implements Member {
  private final Design design;
  private final Ernest fitted;
  private final double deviation;
  private final double error;

  ErnestMember(Design design) {
    this.design = design;
    this.fitted = fit(design);
    double squares = 0;
    double absolute = 0;
    int count = design.rows().length;
    for (int i = 0; i < count; i++) {
      double predicted = without(new int[] {i}).predict(design.rows()[i]);
      double away = Math.log(design.target()[i] / predicted);
      squares += away * away;
      absolute += Math.abs(predicted / design.target()[i] - 1);
    }
    this.deviation = Math.sqrt(squares / count) + 1e-3;
    this.error = absolute / count;
  }

  private static Ernest fit(Design design) {
    return Ernest.fit(design.rows(), design.scaleOut(), design.target());
  }

  private Ernest without(int[] block) {
    int[] rest =
        IntStream.range(0, design.rows().length)
            .filter(i -> Arrays.stream(block).noneMatch(left -> left == i))
            .toArray();
    return fit(design.only(rest));
  }

  double leaveOneOutError() {
    return error;
  }

  @Override
  public LogNormal predict(double[] row) {
    return new LogNormal(Math.log(fitted.predict(row)), deviation);
  }

  @Override
  public LogNormal[] withoutBlock(int[] block) {
    if (block.length >= design.rows().length) {
      return null;
    }
    Ernest rest = without(block);
    return Arrays.stream(block)
        .mapToObj(i -> new LogNormal(Math.log(rest.predict(design.rows()[i])), deviation))
        .toArray(LogNormal[]::new);
  }
}
