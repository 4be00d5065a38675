package dev.tributary.pipelines.identity.privacy;

/**
 * How encodings are hardened; see the package for the attack each measure stops.
 *
 * @param bits length of a field's filter before balancing and folding, a power of two, 64 to 8192
 * @param fill share of set bits to aim at in every filter, in (0, 0.7]
 * @param salted whether the blocking key salts the encodings
 * @param balanced whether the filter is joined with its complement and permuted (Schnell, Borgs
 *     2016), which makes every filter's weight the same
 * @param folds how often the filter is halved by XOR of its halves (Schnell, Borgs 2016), 0 to 3
 * @param diffusion how many bits of the filter are XORed into each bit shown (Armknecht, Heng,
 *     Schnell 2023), 1 (none) to 16
 * @param flip probability that a shown bit is inverted (BLIP), [0, 0.5); with it each bit is
 *     ε-differentially private, ε = ln((1 − flip)/flip)
 */
public record Hardening(
    int bits,
    double fill,
    boolean salted,
    boolean balanced,
    int folds,
    int diffusion,
    double flip) {
  public Hardening {
    require(Integer.bitCount(bits) == 1 && bits >= 64 && bits <= 8192, "bits", bits, "64 … 8192");
    require(fill > 0 && fill <= 0.7, "fill", fill, "in (0, 0.7]");
    require(folds >= 0 && folds <= 3 && bits >> folds >= 64, "folds", folds, "0 … 3");
    require(diffusion >= 1 && diffusion <= 16, "diffusion", diffusion, "1 … 16");
    require(flip >= 0 && flip < 0.5, "flip", flip, "in [0, 0.5)");
  }

  /** Salted by block, constant fill, diffusion over four bits. */
  public static final Hardening DEFAULT = new Hardening(512, 0.4, true, false, 0, 4, 0);

  /** Plain field-level Bloom filters after Schnell, Bachteler, Reiher 2009: for comparison only. */
  static final Hardening NONE = new Hardening(512, 0.4, false, false, 0, 1, 0);

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "hardening." + name + " is " + value + "; it must be " + range);
    }
  }

  /** Bits of an encoded field as it is shown. */
  int shownBits() {
    return (balanced ? 2 * bits : bits) >> folds;
  }

  /** 64-bit words of an encoded field. */
  int words() {
    return shownBits() / 64;
  }

  /**
   * The share of differing bits that is expected in shown encodings whose filters differ in the
   * share {@code filter} of their bits: XOR over n bits differs where an odd number of them do.
   */
  double shownDistance(double filter) {
    int summed = diffusion << folds;
    double distance = (1 - Math.pow(1 - 2 * filter, summed)) / 2;
    double flipped = 2 * flip * (1 - flip);
    return distance * (1 - 2 * flipped) + flipped;
  }
}
