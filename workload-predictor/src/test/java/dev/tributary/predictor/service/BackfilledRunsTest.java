package dev.tributary.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Request;
import dev.tributary.predictor.run.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that ran on 1 worker for ten days, and then on 4. */
class BackfilledRunsTest {
  private static final Instant FIRST = Instant.parse("2026-01-05T06:00:00Z");

  @TempDir Path data;

  private static List<Run> runs(int workers, int from) {
    List<Run> runs = new ArrayList<>();
    for (int day = from; day < from + 10; day++) {
      Run run = Jobs.run("job", "r" + day, workers, 12 + day % 3, 1 + 0.01 * (day % 4));
      runs.add(
          new Run(
              run.job(),
              run.id(),
              Optional.of(FIRST.plus(day, ChronoUnit.DAYS)),
              run.cluster(),
              run.inputs(),
              run.runtime(),
              run.peakMemoryMb(),
              run.cpuUtilisation(),
              run.outcome(),
              run.features()));
    }
    return runs;
  }

  @Test
  void oldRunsThatBecomeKnownLaterDoNotChangeThePresentClusterAndDeadline() {
    try (PredictorApi api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO)) {
      api.addRuns(array(runs(4, 10)));
      api.addRuns(array(runs(1, 0)));
      ObjectNode asked = Jobs.ask("job", null, 12);
      asked.remove("current");
      ObjectNode answer = api.recommend(asked);
      assertThat(answer.at("/cluster/workers").asInt()).isEqualTo(4);
      assertThat(answer.at("/constraints/deadline_seconds").asDouble())
          .isLessThan(Jobs.seconds(Jobs.cluster(1), 12));
      List<Run> asInATable = runs(4, 10);
      asInATable.addAll(runs(1, 0));
      Request request =
          new Request("job", asInATable, Optional.empty(), Constraints.NONE, Platform.EMR);
      assertThat(RunJson.of(request.latest().orElseThrow().cluster()))
          .isEqualTo(answer.path("cluster"));
    }
  }

  @Test
  void withoutAStartTheOneThatBecameKnownLastIsTheLatest() {
    try (PredictorApi api = PredictorApi.open(data, Optional.empty(), "a test", Duration.ZERO)) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        runs.add(Jobs.run("job", "r" + i, 1 + i / 10, 12, 1));
      }
      api.addRuns(array(runs));
      ObjectNode asked = Jobs.ask("job", null, 12);
      asked.remove("current");
      assertThat(api.recommend(asked).at("/cluster/workers").asInt()).isEqualTo(2);
      Request request = new Request("job", runs, Optional.empty(), Constraints.NONE, Platform.EMR);
      assertThat(request.latest().orElseThrow().id()).isEqualTo("r11");
    }
  }

  private static ArrayNode array(List<Run> runs) {
    ArrayNode array = RunJson.MAPPER.createArrayNode();
    runs.forEach(run -> array.add(RunJson.of(run)));
    return array;
  }
}
