package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Run;
import java.util.List;

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
   * @param runs runs of the job in the order they became known, censored ones among them; not empty
   */
  JobModel fit(String learner, List<Run> runs, Quantity quantity, long seed);

  /**
   * Chooses a cluster. The answer has the members {@code advice} (boolean: whether anything is
   * recommended), {@code fallback} (boolean: whether that is the known-safe cluster instead of a
   * predicted one), {@code reason} (one sentence), {@code chosen} (null, or an object with {@code
   * cluster}, {@code runtime_seconds}, {@code runtime_upper_seconds}, {@code cost_usd}), {@code
   * frontier} (an array of such objects, the cheapest first, none of which is beaten in both time
   * and cost) and {@code rejected} (an array of {@code {cluster, reason}}); more members are passed
   * on to the caller.
   *
   * @throws Refusal where the question cannot be answered as asked: a machine type without a price,
   *     a price below 0
   */
  ObjectNode recommend(Question question);

  /**
   * The same for a job that has not finished a run, by what other jobs did: {@code fallback} is
   * true, and {@code chosen} tells what they took.
   *
   * @param question without models; its runs may be empty
   * @param others runs of other jobs, oldest first; not empty
   */
  ObjectNode first(Question question, List<Run> others);
}
