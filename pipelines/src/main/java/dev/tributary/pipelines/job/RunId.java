package dev.tributary.pipelines.job;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Ids of runs: UUID version 7 (RFC 9562, section 5.7), so that they sort by the time of their
 * start.
 */
final class RunId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunId() {}

  static String next() {
    return at(System.currentTimeMillis(), RANDOM.nextLong(), RANDOM.nextLong()).toString();
  }

  static UUID at(long epochMillis, long randomHigh, long randomLow) {
    long high = (epochMillis << 16) | 0x7000L | (randomHigh & 0x0FFFL);
    long low = (randomLow & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
