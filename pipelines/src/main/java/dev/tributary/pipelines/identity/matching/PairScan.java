package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Goes over all candidate pairs in parts, on all processors. The parts are the same however many
 * processors there are, and so is every sum over them.
 */
final class PairScan {
  private static final int PARTS = 64;

  private final CandidatePairs candidates;

  PairScan(CandidatePairs candidates) {
    this.candidates = candidates;
  }

  /** What one part comes to; made by the visitor of that part. */
  interface Part<T> extends CandidatePairs.Visitor {
    T result();
  }

  /** One result a part, in the order of the parts. */
  <T> List<T> each(IntFunction<Part<T>> parts) {
    int records = candidates.records();
    List<T> results = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      results.add(null);
    }
    AtomicInteger next = new AtomicInteger();
    int workers = Math.min(PARTS, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              for (int i = next.getAndIncrement(); i < PARTS; i = next.getAndIncrement()) {
                Part<T> part = parts.apply(worker);
                // later records meet more earlier ones: square roots make parts of like size
                candidates.forEach(bound(i, records), bound(i + 1, records), part);
                results.set(i, part.result());
              }
            });
    return results;
  }

  private static int bound(int part, int records) {
    return part == PARTS ? records : (int) (records * Math.sqrt((double) part / PARTS));
  }

  /** How many pairs there are. */
  long count() {
    return each(
            worker ->
                new Part<Long>() {
                  private long pairs;

                  @Override
                  public void pair(int left, int right) {
                    pairs++;
                  }

                  @Override
                  public Long result() {
                    return pairs;
                  }
                })
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
