package dev.tributary.predictor.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Prediction SAID = new Prediction(100, 80, 125, 0.9, true, "m", "r");

  private static List<Watch.Closed> calm(int count, int outlier) {
    List<Watch.Closed> closed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      closed.add(new Watch.Closed("r" + i, SAID, i == outlier ? 900 : 95 + i % 11));
    }
    return closed;
  }

  @Test
  void anOutlierIsNoDriftAndIsNotCovered() {
    Watch.Report report = new Watch(20).judge(calm(30, 20));
    assertThat(report.drift()).isFalse();
    assertThat(report.considered()).isEqualTo(20);
    assertThat(report.coverage()).hasValue(0.95);
  }

  @Test
  void aChangeWithinTheUsualErrorsIsSeenWithinFiveRunsWithItsStart() {
    List<Watch.Closed> closed = calm(30, 20);
    for (int i = 30; i < 35; i++) {
      closed.add(new Watch.Closed("r" + i, SAID, 135));
    }
    Watch.Report report = new Watch(20).judge(closed);
    assertThat(report.drift()).isTrue();
    assertThat(report.since()).hasValue(30);
    assertThat(report.reason()).contains("slower").contains("r30");
  }

  @Test
  void fasterRunsAreADriftToo() {
    List<Watch.Closed> closed = calm(12, -1);
    for (int i = 12; i < 18; i++) {
      closed.add(new Watch.Closed("r" + i, SAID, 70));
    }
    assertThat(new Watch(20).judge(closed).reason()).contains("faster").contains("r12");
  }

  @Test
  void withoutPredictionsThereIsNothingToSay() {
    Watch.Report report = Watch.latest().judge(List.of());
    assertThat(report.drift()).isFalse();
    assertThat(report.mape()).isEmpty();
    assertThat(report.coverage()).isEmpty();
  }
}
