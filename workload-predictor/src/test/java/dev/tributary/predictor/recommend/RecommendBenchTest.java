package dev.tributary.predictor.recommend;

import static dev.tributary.predictor.recommend.Fixtures.MODELS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommendBenchTest {
  @Test
  void theBenchmarkChoosesFromAsManyAsAsked() {
    Map<String, Object> report = RecommendBench.measure(MODELS, Fixtures.runs(), 500, 4);
    assertThat(report).containsEntry("candidates", 500).containsEntry("decision", "Cheapest");
  }
}
