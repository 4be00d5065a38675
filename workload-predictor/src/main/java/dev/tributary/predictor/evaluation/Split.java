package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.PredictorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One parting of configurations.
 *
 * @param number from 1
 * @param training configurations that a model may see
 * @param test configurations that it predicts
 */
record Split(int number, int[] training, int[] test) {
  private static final int STEP = 3;
  private static final int LARGEST = 30;

  /** All splits of a protocol. */
  static List<Split> of(Configurations configurations, EvaluationRequest request) {
    int[] all = IntStream.range(0, configurations.size()).toArray();
    List<Split> splits =
        switch (request.protocol()) {
          case RANDOM_SPLIT -> rounds(List.of(all), request);
          case LOCAL -> rounds(List.copyOf(configurations.byContext().values()), request);
          case AVAILABILITY -> availability(all, request);
          case BY_CONTEXT -> byContext(all, configurations);
        };
    if (splits.isEmpty() || splits.stream().anyMatch(s -> s.training().length == 0)) {
      throw PredictorException.usage(
          "%d configurations are too few for the protocol %s"
              .formatted(all.length, request.protocol().label()),
          "training or test would be empty",
          "give more rows or another protocol");
    }
    return splits;
  }

  private static List<Split> rounds(List<int[]> groups, EvaluationRequest request) {
    List<Split> splits = new ArrayList<>();
    for (int number = 1; number <= request.splits(); number++) {
      int[] group = groups.get((number - 1) % groups.size());
      int test = (group.length + 9) / 10;
      splits.add(parted(number, group, group.length - test, request.seed()));
    }
    return splits;
  }

  private static List<Split> availability(int[] all, EvaluationRequest request) {
    List<Split> splits = new ArrayList<>();
    for (int training = STEP; training <= LARGEST && training < all.length; training += STEP) {
      for (int split = 0; split < request.splits(); split++) {
        splits.add(parted(splits.size() + 1, all, training, request.seed()));
      }
    }
    return splits;
  }

  private static List<Split> byContext(int[] all, Configurations configurations) {
    List<Split> splits = new ArrayList<>();
    for (int[] test : configurations.byContext().values()) {
      int[] training = Arrays.stream(all).filter(i -> Arrays.binarySearch(test, i) < 0).toArray();
      splits.add(new Split(splits.size() + 1, training, test));
    }
    return splits;
  }

  private static Split parted(int number, int[] group, int training, long seed) {
    List<Integer> order = new ArrayList<>(Arrays.stream(group).boxed().toList());
    Collections.shuffle(order, new Random(seed * 1_000_003 + number));
    int[] shuffled = order.stream().mapToInt(Integer::intValue).toArray();
    int[] seen = Arrays.copyOfRange(shuffled, 0, training);
    int[] unseen = Arrays.copyOfRange(shuffled, training, shuffled.length);
    Arrays.sort(seen);
    Arrays.sort(unseen);
    return new Split(number, seen, unseen);
  }
}
