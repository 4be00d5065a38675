package dev.tributary.pipelines.identity.graph;

/** A bound on work, in steps and not in time, so that every machine stops at the same point. */
final class Work {
  private long left;

  Work(long steps) {
    this.left = steps;
  }

  void spend(long steps) {
    left -= steps;
  }

  boolean exhausted() {
    return left < 0;
  }
}
