package dev.tributary.predictor.runtime;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.RunFeatures.View;
import java.util.List;

/** Models of a recurring job from its runs. */
public final class RuntimeModels {
  private RuntimeModels() {}

  /**
   * Fits the runs of one job.
   *
   * @param runs at least one with the target measured
   * @param target what is modelled
   * @param seed of the choice of rows that models are screened on
   * @throws PredictorException (usage) if no run has the target measured
   */
  public static JobModel fit(List<Run> runs, Target target, long seed) {
    return new JobFit(target, View.MACHINES, design -> PerformanceModel.fit(design, seed)).to(runs);
  }

  /**
   * Ernest alone, over cores and inputs: for few runs, and a second opinion on many.
   *
   * @param runs at least one with the target measured
   * @param target what is modelled
   * @throws PredictorException (usage) if no run has the target measured
   */
  public static JobModel fitErnest(List<Run> runs, Target target) {
    return new JobFit(target, View.CORES, PerformanceModel::fitErnest).to(runs);
  }
}
