package dev.tributary.pipelines.demo;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** A seeded source of choices; equal seeds choose equally on every JVM. */
final class Chance {

  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A source for the {@code index}-th thing of a kind, independent of all other things. */
  static Chance of(long seed, String kind, long index) {
    SplittableRandom mix = new SplittableRandom(seed ^ ((long) kind.hashCode() << 32) ^ index);
    return new Chance(mix.nextLong() + index);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform in [low, high]. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** Uniform in [low, high]. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  double unit() {
    return random.nextDouble();
  }

  /** An index below {@code size}, small ones far more often: as bestsellers are. */
  int popular(int size) {
    double x = random.nextDouble();
    return (int) (x * x * x * size);
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** A version 4 UUID. */
  String uuid() {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  String digits(int count) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
