package dev.tributary.predictor.recommend;

import dev.tributary.predictor.run.Run;
import java.util.List;

/** Where the models of a job come from. */
@FunctionalInterface
public interface ModelSource {
  /**
   * The models of a job.
   *
   * @param runs all runs of the job that are known, at least one, the censored ones among them
   */
  JobModels models(List<Run> runs);
}
