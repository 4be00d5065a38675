package dev.tributary.predictor.service;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.run.Run;
import java.util.List;
import java.util.Optional;

/**
 * Who fits models and chooses clusters; the service keeps, scores and promotes what he says.
 * Implementations are pure: the same runs and seed give the same answers.
 */
public interface Advisor {
  /** Names of the ways to fit a model, the default first; at least one. */
  List<String> learners();

  /**
   * Fits a model of one quantity of one job.
   *
   * @param learner one of {@link #learners}
   * @param runs runs of the job, oldest first by {@link Run#BY_START}, censored ones among them;
   *     not empty
   * @return empty where they tell nothing of it
   */
  Optional<JobModel> fit(String learner, List<Run> runs, Quantity quantity, long seed);

  /**
   * Chooses a cluster.
   *
   * @throws Refusal where the question cannot be answered as asked: a machine type without a price,
   *     a price below 0
   */
  Recommendation recommend(Question question);

  /**
   * The same for a job that has not finished a run, by what other jobs did.
   *
   * @param question without models; its runs may be empty
   * @param others runs of other jobs, oldest first; not empty
   */
  Recommendation first(Question question, List<Run> others);
}
