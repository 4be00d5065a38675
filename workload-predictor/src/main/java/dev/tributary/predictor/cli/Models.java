package dev.tributary.predictor.cli;

import dev.tributary.predictor.recommend.FittedModels;
import dev.tributary.predictor.recommend.ModelSource;
import dev.tributary.predictor.runtime.RuntimeModels;
import dev.tributary.predictor.runtime.Target;

/** Which models the commands use: the one place that names them. */
final class Models {
  private static final long SEED = 1;

  private Models() {}

  /** Models fitted to the runs of the job. */
  static ModelSource source() {
    return new FittedModels(
        runs -> RuntimeModels.fit(runs, Target.RUNTIME_SECONDS, SEED),
        runs -> RuntimeModels.fit(runs, Target.CPU_UTILISATION, SEED));
  }
}
