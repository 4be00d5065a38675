package dev.tributary.predictor.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenInputsTest {
  private static Run run(Map<String, Double> inputs, Outcome outcome) {
    Run run = Fixtures.run(0, "small", 4, 17_000, 5_000, outcome);
    return new Run(
        run.job(),
        run.id(),
        run.started(),
        run.cluster(),
        inputs,
        Duration.ofSeconds(9),
        run.peakMemoryMb(),
        run.cpuUtilisation(),
        run.outcome(),
        run.features());
  }

  @Test
  void aNameIsRightThatAnyRunHas() {
    List<Run> runs =
        List.of(
            run(Map.of("rows", 1.0), Outcome.FINISHED), run(Map.of("days", 1.0), Outcome.FAILED));
    assertThat(GivenInputs.wrong(Map.of("rows", 2.0, "days", 0.0), runs)).isEmpty();
    GivenInputs.Wrong wrong = GivenInputs.wrong(Map.of("Rowz", 2.0), runs).orElseThrow();
    assertThat(wrong.unknown()).isTrue();
    assertThat(wrong.problem()).contains("'Rowz'");
    assertThat(wrong.fix()).isEqualTo("did you mean 'rows'? its runs have days, rows");
  }

  @Test
  void aJobWithoutInputsTakesNoneUnlessItHasNotFinished() {
    List<Run> finished = List.of(run(Map.of(), Outcome.FINISHED));
    assertThat(GivenInputs.wrong(Map.of("rows", 2.0), finished).orElseThrow().fix())
        .isEqualTo("give none: its runs have no inputs");
    assertThat(GivenInputs.wrong(Map.of("rows", 2.0), List.of(run(Map.of(), Outcome.FAILED))))
        .isEmpty();
    assertThat(GivenInputs.wrong(Map.of("rows", 2.0), List.of())).isEmpty();
  }

  @Test
  void belowZeroIsRightWhereRunsWereToo() {
    Map<String, Double> below = Map.of("offset", -2.0);
    assertThat(GivenInputs.wrong(below, List.of(run(Map.of("offset", -1.0), Outcome.FINISHED))))
        .isEmpty();
    assertThat(GivenInputs.wrong(below, List.of(run(Map.of("offset", 1.0), Outcome.FINISHED))))
        .isPresent();
    assertThat(GivenInputs.wrong(Map.of("offset", Double.NaN), List.of())).isPresent();
  }

  @Test
  void ofManyNamesTheFirstAreListed() {
    Map<String, Double> many = new HashMap<>();
    for (int i = 10; i < 60; i++) {
      many.put("name" + i, 1.0);
    }
    String fix =
        GivenInputs.wrong(Map.of("unlike all", 2.0), List.of(run(many, Outcome.FINISHED)))
            .orElseThrow()
            .fix();
    assertThat(fix).startsWith("its runs have name10, ").endsWith("name29 and 30 more");
  }

  @Test
  void ofLongNamesTooTheSlipIsTold() {
    String name = "n".repeat(200);
    assertThat(
            GivenInputs.wrong(
                    Map.of(name + "a", 2.0), List.of(run(Map.of(name, 1.0), Outcome.FINISHED)))
                .orElseThrow()
                .fix())
        .isEqualTo("did you mean '%1$s'? its runs have %1$s".formatted(name));
  }
}
