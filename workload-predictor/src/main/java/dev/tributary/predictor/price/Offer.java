package dev.tributary.predictor.price;

import java.util.Objects;
import java.util.Optional;

/**
 * A machine type and what an hour of it costs.
 *
 * @param type the cloud's name, e.g. {@code m5.xlarge}
 * @param cloud who offers it
 * @param cores virtual cores, at least 1
 * @param memoryGib memory as the cloud lists it, GiB, above 0
 * @param onDemandUsd USD an hour, above 0
 * @param spot price and risk when bought as spot; empty where nobody gave them
 * @param source where the price is from: the shipped snapshot or a file
 */
public record Offer(
    String type,
    Cloud cloud,
    int cores,
    double memoryGib,
    double onDemandUsd,
    Optional<Spot> spot,
    String source) {
  private static final double MB_PER_GIB = 1024.0 * 1024 * 1024 / 1e6;

  /**
   * A spot price.
   *
   * @param usd USD an hour, above 0
   * @param interruptionRate probability that one machine is taken away within an hour, [0, 1)
   */
  public record Spot(double usd, double interruptionRate) {
    /** Checks the ranges. */
    public Spot {
      if (!(usd > 0 && Double.isFinite(usd))) {
        throw new IllegalArgumentException("a spot price is above 0, not " + usd);
      }
      if (!(interruptionRate >= 0 && interruptionRate < 1)) {
        throw new IllegalArgumentException(
            "an interruption rate is a probability in [0, 1), not " + interruptionRate);
      }
    }

    /** Interruptions of one machine in an hour: λ of a Poisson process with this rate. */
    public double hazardPerHour() {
      return -Math.log1p(-interruptionRate);
    }
  }

  /** Checks the ranges. */
  public Offer {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(cloud, "cloud");
    Objects.requireNonNull(spot, "spot");
    if (type.isBlank()
        || cores < 1
        || !(memoryGib > 0 && Double.isFinite(memoryGib))
        || !(onDemandUsd > 0 && Double.isFinite(onDemandUsd))) {
      throw new IllegalArgumentException(
          "an offer has a type, cores, memory and a price above 0, not %s, %d, %s, %s"
              .formatted(type, cores, memoryGib, onDemandUsd));
    }
  }

  /** Memory in MB (10⁶ bytes), as in {@link dev.tributary.predictor.run.Cluster}. */
  public double memoryMb() {
    return memoryGib * MB_PER_GIB;
  }
}
