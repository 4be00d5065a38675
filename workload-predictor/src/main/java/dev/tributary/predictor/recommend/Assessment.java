package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.model.Lateness;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.ExpectedCost;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A candidate with what is predicted of it.
 *
 * @param candidate the cluster
 * @param runtime seconds
 * @param memory peak of one executor, MB; empty where no run measured it
 * @param container one executor a worker; empty where the machine holds none
 * @param cost at the expected runtime
 * @param costBound at the upper end of the runtime: what candidates are ranked by, lateness counted
 * @param inTime probability that the run ends before a deadline that somebody gave; empty where the
 *     upper end of its runtime does not, or is not known
 * @param rejection why not; empty for the chosen one
 */
public record Assessment(
    Candidate candidate,
    Prediction runtime,
    Optional<Prediction> memory,
    Optional<ContainerMemory> container,
    ExpectedCost cost,
    ExpectedCost costBound,
    OptionalDouble inTime,
    Optional<Rejection> rejection) {

  /**
   * Why a candidate is not recommended.
   *
   * @param reason of what kind
   * @param text one sentence with the values
   */
  public record Rejection(Reason reason, String text) {}

  /** Whether nothing but its price or its time speaks against it. */
  public boolean isSafe() {
    return rejection
        .map(
            why ->
                why.reason() == Reason.DEADLINE
                    || why.reason() == Reason.INTERRUPTION
                    || why.reason() == Reason.BUDGET
                    || why.reason() == Reason.DEARER)
        .orElse(true);
  }

  /** Whether it keeps all constraints. */
  public boolean fits() {
    return rejection.map(why -> why.reason() == Reason.DEARER).orElse(true);
  }

  /** What candidates are ranked by, USD. */
  double counted() {
    return Lateness.counted(costBound.usd(), inTime.orElse(1));
  }

  Assessment rejected(Reason reason, String text) {
    return with(Optional.of(new Rejection(reason, text)));
  }

  Assessment accepted() {
    return with(Optional.empty());
  }

  private Assessment with(Optional<Rejection> verdict) {
    return new Assessment(candidate, runtime, memory, container, cost, costBound, inTime, verdict);
  }
}
