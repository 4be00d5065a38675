package dev.tributary.predictor.run;

import java.util.List;

/**
 * Names of the features that tell what a run's tasks alone would have taken on other numbers of
 * task slots (cores), scheduled again first in, first out.
 */
public final class Replay {
  /** Numbers of slots, each twice the one before. */
  public static final List<Integer> SLOTS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);

  private Replay() {}

  /** Name of the feature that tells the seconds on so many slots; 0 where they are not known. */
  public static String feature(int slots) {
    return "replay_" + slots + "_slots_seconds";
  }
}
