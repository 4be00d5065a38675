package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.runtime.SchedulerReplay.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulerReplayTest {
  private static Stage stage(int id, Set<Integer> parents, int... seconds) {
    return new Stage(id, Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList(), parents);
  }

  private static long seconds(int slots, Stage... stages) {
    return SchedulerReplay.replay(List.of(stages), slots).toSeconds();
  }

  @Test
  void oneSlotTakesTheSumOfAllTasks() {
    assertThat(seconds(1, stage(0, Set.of(), 3, 4), stage(1, Set.of(0), 5))).isEqualTo(12);
  }

  @Test
  void tasksGoToTheFirstFreeSlot() {
    // slot A: 3, then 2 (ends 5); slot B: 4, then 1 (ends 5)
    assertThat(seconds(2, stage(0, Set.of(), 3, 4, 2, 1))).isEqualTo(5);
  }

  @Test
  void aStageWaitsForItsParents() {
    assertThat(
            seconds(8, stage(0, Set.of(), 3, 1), stage(1, Set.of(), 2), stage(2, Set.of(0, 1), 4)))
        .isEqualTo(7);
  }

  @Test
  void anEmptyStageHoldsNobodyUp() {
    assertThat(seconds(1, stage(0, Set.of()), stage(1, Set.of(0), 2))).isEqualTo(2);
  }

  @Test
  void refusesACycleAndNoSlots() {
    assertThatThrownBy(() -> seconds(1, stage(0, Set.of(1), 1), stage(1, Set.of(0), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 1]");
    assertThatThrownBy(() -> seconds(0, stage(0, Set.of(), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
