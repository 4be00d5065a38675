package dev.tributary.predictor.feature;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * What one recorded run's tasks would have taken on another number of task slots: they are
 * scheduled again first in, first out, as Spark's default scheduler does. Task durations stay as
 * recorded, so contention, spilling and fetch times of the other size are not in it, nor is the
 * driver's own time.
 */
final class SchedulerReplay {
  /**
   * A stage of the run.
   *
   * @param seconds durations of its tasks in the order of launch, at least 0
   * @param after how many of the stages before it in the list must have ended first: those that had
   *     ended when it was submitted
   */
  record Stage(double[] seconds, int after) {}

  private record Running(double end, int stage) {}

  private final List<Stage> stages;
  private final int[] byStart;
  private final int[] left;
  private final Deque<Running> queue = new ArrayDeque<>();
  private int released;
  private int ended;

  private SchedulerReplay(List<Stage> stages) {
    this.stages = stages;
    this.left = stages.stream().mapToInt(stage -> stage.seconds().length).toArray();
    this.byStart =
        IntStream.range(0, left.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> stages.get(i).after()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * Seconds from the first task's start to the last one's end.
   *
   * @param stages in the order in which they ended
   * @param slots cores that run one task each, at least 1
   */
  static double seconds(List<Stage> stages, int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("tasks need at least one slot, not " + slots);
    }
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).after() > i) {
        throw new IllegalArgumentException("stage " + i + " waits for itself or for a later one");
      }
    }
    return new SchedulerReplay(stages).run(slots);
  }

  private double run(int slots) {
    PriorityQueue<Running> running =
        new PriorityQueue<>(
            Comparator.comparingDouble(Running::end).thenComparingInt(Running::stage));
    double now = 0;
    release();
    while (true) {
      while (running.size() < slots && !queue.isEmpty()) {
        Running task = queue.removeFirst();
        running.add(new Running(now + task.end(), task.stage()));
      }
      if (running.isEmpty()) {
        return now;
      }
      Running done = running.remove();
      now = done.end();
      if (--left[done.stage()] == 0) {
        release();
      }
    }
  }

  /** Queues the tasks of stages that wait for nobody any more. */
  private void release() {
    boolean again = true;
    while (again) {
      while (ended < left.length && left[ended] == 0) {
        ended++;
      }
      again = false;
      while (released < byStart.length && stages.get(byStart[released]).after() <= ended) {
        int stage = byStart[released++];
        for (double seconds : stages.get(stage).seconds()) {
          queue.addLast(new Running(seconds, stage));
        }
        again |= left[stage] == 0;
      }
    }
  }
}
