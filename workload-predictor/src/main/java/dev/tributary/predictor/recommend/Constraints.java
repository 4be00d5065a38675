package dev.tributary.predictor.recommend;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.Purchase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a recommendation has to keep to.
 *
 * @param deadline the run is to end within it, at most 10^9 seconds; empty for none
 * @param usual whether the deadline is what the job takes anyway: to be later by a little has no
 *     price then
 * @param confidence probability asked of every bound, (0, 1)
 * @param types machine types allowed; empty for all that are priced
 * @param minWorkers at least 1
 * @param maxWorkers empty: as far as the runs reach
 * @param purchases how workers may be bought; spot only where somebody gave its price and risk
 * @param minMemoryMb least usable memory of an executor, MB
 * @param maxCostUsd most that a run may cost at its bound, USD
 * @param driverType machine of the driver; empty: as the workers'
 * @param priceDriver whether the driver's machine is paid for
 * @param nonJvm whether the work is done outside of the JVM (PySpark, SparkR)
 * @param enforced what is not to be changed
 */
public record Constraints(
    Optional<Duration> deadline,
    boolean usual,
    double confidence,
    List<String> types,
    int minWorkers,
    OptionalInt maxWorkers,
    Set<Purchase> purchases,
    OptionalDouble minMemoryMb,
    OptionalDouble maxCostUsd,
    Optional<String> driverType,
    boolean priceDriver,
    boolean nonJvm,
    Enforced enforced) {
  /** 10^9 seconds, some 31 years. */
  private static final Duration LONGEST = Duration.ofSeconds(1_000_000_000);

  /** No deadline, 90 %, everything allowed. */
  public static final Constraints NONE =
      new Constraints(
          Optional.empty(),
          false,
          Prediction.CONFIDENCE,
          List.of(),
          1,
          OptionalInt.empty(),
          Set.of(Purchase.ON_DEMAND, Purchase.SPOT),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          true,
          false,
          Enforced.NOTHING);

  /** Checks each value; what contradicts another is found by {@link Contradictions}. */
  public Constraints {
    types = List.copyOf(types);
    purchases = Set.copyOf(purchases);
    Objects.requireNonNull(enforced, "enforced");
    deadline.ifPresent(
        value ->
            check(
                !value.isNegative() && !value.isZero(),
                "The deadline is " + value,
                "give a duration above zero, such as PT30M"));
    deadline.ifPresent(
        value ->
            check(
                value.compareTo(LONGEST) <= 0,
                "The deadline is %s, more than %s".formatted(value, LONGEST),
                "give a shorter one, or none"));
    check(
        confidence > 0 && confidence < 1,
        "The confidence is " + confidence,
        "give a probability between 0 and 1, such as 0.9");
    check(minWorkers >= 1, "The least number of workers is " + minWorkers, "give 1 or more");
    check(
        maxWorkers.isEmpty() || maxWorkers.getAsInt() >= 1,
        "The greatest number of workers is " + maxWorkers.orElse(0),
        "give 1 or more");
    check(!purchases.isEmpty(), "No way to buy workers is allowed", "allow on-demand or spot");
    check(
        minMemoryMb.isEmpty() || minMemoryMb.getAsDouble() > 0,
        "The least memory is " + minMemoryMb.orElse(0) + " MB",
        "give MB above 0");
    check(
        maxCostUsd.isEmpty() || maxCostUsd.getAsDouble() > 0,
        "The greatest cost is " + maxCostUsd.orElse(0) + " USD",
        "give USD above 0");
  }

  /** Whether a machine type is one of those that are allowed. */
  boolean isListed(String type) {
    return types.isEmpty() || types.contains(type);
  }

  /** Whether a machine type is allowed, and is the enforced one if there is one. */
  boolean allows(String type) {
    return isListed(type) && enforced.machineType().map(type::equals).orElse(true);
  }

  /** The fewest workers, where enforced settings ask for as many executors those. */
  int leastWorkers() {
    return Math.max(minWorkers, enforced.leastExecutors());
  }

  /** The most workers, where enforced settings allow fewer executors those. */
  OptionalInt mostWorkers() {
    OptionalInt executors = enforced.mostExecutors();
    return executors.isPresent() && maxWorkers.isPresent()
        ? OptionalInt.of(Math.min(executors.getAsInt(), maxWorkers.getAsInt()))
        : executors.isPresent() ? executors : maxWorkers;
  }

  private static void check(boolean holds, String problem, String fix) {
    if (!holds) {
      throw PredictorException.usage(problem, null, fix);
    }
  }

  /** The same with another deadline and confidence, where they are given. */
  public Constraints with(Optional<Duration> otherDeadline, OptionalDouble otherConfidence) {
    return with(
        otherDeadline.isPresent() ? otherDeadline : deadline,
        otherDeadline.isEmpty() && usual,
        otherConfidence.orElse(confidence));
  }

  /** The same with what the job takes anyway for its deadline. */
  public Constraints withUsual(Duration time) {
    return with(Optional.of(time), true, confidence);
  }

  private Constraints with(Optional<Duration> deadline, boolean usual, double confidence) {
    return new Constraints(
        deadline,
        usual,
        confidence,
        types,
        minWorkers,
        maxWorkers,
        purchases,
        minMemoryMb,
        maxCostUsd,
        driverType,
        priceDriver,
        nonJvm,
        enforced);
  }
}
