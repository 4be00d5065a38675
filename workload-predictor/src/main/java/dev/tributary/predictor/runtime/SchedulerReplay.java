package dev.tributary.predictor.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What one recorded run would have taken with another number of task slots: its tasks are scheduled
 * again first in, first out, as Spark's default scheduler does. Task durations stay as recorded, so
 * contention, spilling and fetch times of the other size are not in it.
 */
public final class SchedulerReplay {
  /**
   * A stage of the run.
   *
   * @param id its number; stages that are ready together start in this order
   * @param tasks durations in the order of launch
   * @param parents stages that must end first
   */
  public record Stage(int id, List<Duration> tasks, Set<Integer> parents) {
    /** Checks and copies. */
    public Stage {
      tasks = List.copyOf(tasks);
      parents = Set.copyOf(parents);
      if (tasks.stream().anyMatch(Duration::isNegative)) {
        throw new IllegalArgumentException("stage " + id + " has a task of negative duration");
      }
    }
  }

  private record Running(long endNanos, int stage) {}

  private SchedulerReplay() {}

  /**
   * The time from the first task's start to the last one's end.
   *
   * @param stages with distinct ids, parents among them, no cycle
   * @param slots cores that run one task each, at least 1
   */
  public static Duration replay(List<Stage> stages, int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("tasks need at least one slot, not " + slots);
    }
    List<Stage> waiting = new ArrayList<>(stages);
    waiting.sort(Comparator.comparingInt(Stage::id));
    Set<Integer> done = new HashSet<>();
    int[] left = waiting.stream().mapToInt(stage -> stage.tasks().size()).toArray();
    List<Stage> ordered = List.copyOf(waiting);
    Deque<Running> queue = new ArrayDeque<>();
    PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingLong(Running::endNanos));
    long now = 0;
    while (true) {
      release(waiting, ordered, done, queue);
      while (running.size() < slots && !queue.isEmpty()) {
        Running task = queue.removeFirst();
        running.add(new Running(now + task.endNanos(), task.stage()));
      }
      if (running.isEmpty()) {
        break;
      }
      Running ended = running.remove();
      now = ended.endNanos();
      if (--left[ended.stage()] == 0) {
        done.add(ordered.get(ended.stage()).id());
      }
    }
    if (!waiting.isEmpty()) {
      throw new IllegalArgumentException(
          "stages that never become ready: " + waiting.stream().map(Stage::id).toList());
    }
    return Duration.ofNanos(now);
  }

  /** Queues the tasks of stages whose parents are done; a stage without tasks is done at once. */
  private static void release(
      List<Stage> waiting, List<Stage> ordered, Set<Integer> done, Deque<Running> queue) {
    boolean again = true;
    while (again) {
      again = false;
      for (Stage stage : List.copyOf(waiting)) {
        if (done.containsAll(stage.parents())) {
          waiting.remove(stage);
          int position = ordered.indexOf(stage);
          stage.tasks().forEach(task -> queue.addLast(new Running(task.toNanos(), position)));
          if (stage.tasks().isEmpty()) {
            done.add(stage.id());
            again = true;
          }
        }
      }
    }
  }
}
