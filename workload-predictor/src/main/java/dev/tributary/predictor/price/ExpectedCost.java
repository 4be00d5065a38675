package dev.tributary.predictor.price;

/**
 * What a run costs in expectation, and how likely interruptions let it end in time.
 *
 * <p>On demand, n workers and a driver for t hours cost {@code (n·p + d)·t}.
 *
 * <p>On spot, each of n machines is taken away at rate λ, independently, so the first interruption
 * T of the cluster is exponential with rate Λ = n·λ. The policy is one attempt on spot; an
 * interruption loses the work so far and the run starts again on demand, driver as before. With
 * spot price s:
 *
 * <pre>
 * q        = P(T &lt; t)      = 1 − e^(−Λt)
 * E[min(T, t)]             = (1 − e^(−Λt)) / Λ          (t for Λ = 0)
 * E[cost]                  = (n·s + d)·E[min(T, t)] + q·(n·p + d)·t
 * P(ended by deadline D)   = e^(−Λt) + P(T ≤ D − t, T &lt; t)
 *                          = e^(−Λt) + 1 − e^(−Λ·max(0, min(t, D − t)))      for t ≤ D
 * </pre>
 *
 * <p>Losing all work is the worst case: Spark recomputes only what the lost executors held. The
 * bound errs on the dear and late side.
 *
 * @param usd expected cost, USD
 * @param spotUsd the part of it for spot machines
 * @param completion probability that interruptions alone let the run end by the deadline, [0, 1]
 * @param interrupted probability of an interruption before the end, [0, 1]
 */
public record ExpectedCost(double usd, double spotUsd, double completion, double interrupted) {

  /** Everything on demand: no interruption. */
  public static ExpectedCost onDemand(
      Offer worker, int workers, double driverUsdPerHour, double hours) {
    return new ExpectedCost((workers * worker.onDemandUsd() + driverUsdPerHour) * hours, 0, 1, 0);
  }

  /**
   * The workers on spot but for some, the driver on demand.
   *
   * @param worker has a spot price
   * @param onDemandWorkers how many of the workers are bought on demand all the same
   * @param hours how long an undisturbed run takes
   * @param deadlineHours by when it is to end
   */
  public static ExpectedCost spot(
      Offer worker,
      int workers,
      int onDemandWorkers,
      double driverUsdPerHour,
      double hours,
      double deadlineHours) {
    Offer.Spot spot = worker.spot().orElseThrow();
    int spots = workers - onDemandWorkers;
    double rate = spots * spot.hazardPerHour();
    double safe = Math.exp(-rate * hours);
    double interrupted = -Math.expm1(-rate * hours);
    double attempt = rate > 0 ? interrupted / rate : hours;
    double steady = onDemandWorkers * worker.onDemandUsd() + driverUsdPerHour;
    double rerun = (workers * worker.onDemandUsd() + driverUsdPerHour) * hours;
    double spotUsd = spots * spot.usd() * attempt;
    double slack = Math.max(0, Math.min(hours, deadlineHours - hours));
    double completion = hours <= deadlineHours ? safe - Math.expm1(-rate * slack) : 0;
    return new ExpectedCost(
        spotUsd + steady * attempt + interrupted * rerun,
        spotUsd,
        Math.min(1, completion),
        interrupted);
  }
}
