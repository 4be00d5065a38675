package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.recommend.ModelSource;

/** Which models the commands use: the one place that names them. */
final class Models {
  private Models() {}

  /** Models fitted to the runs of the job. */
  static ModelSource source() {
    return runs -> {
      throw PredictorException.usage(
          "This build fits no runtime models", null, "use a build that does");
    };
  }
}
