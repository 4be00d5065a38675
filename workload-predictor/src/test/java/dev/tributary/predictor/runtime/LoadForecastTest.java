package dev.tributary.predictor.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.runtime.LoadForecast.Method;
import dev.tributary.predictor.runtime.LoadForecast.Observation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class LoadForecastTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

  private static LoadForecast after(int hours, IntToDoubleFunction size) {
    List<Observation> history = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      history.add(new Observation(MONDAY.plus(hour, ChronoUnit.HOURS), size.applyAsDouble(hour)));
    }
    return LoadForecast.next(history, MONDAY.plus(hours, ChronoUnit.HOURS), ZoneOffset.UTC);
  }

  @Test
  void followsADailyCycle() {
    LoadForecast forecast = after(24 * 21 + 9, hour -> hour % 24 == 9 ? 900 : 100);
    assertThat(forecast.value()).isEqualTo(900);
    assertThat(forecast.method()).isEqualTo(Method.HOUR_OF_DAY);
    assertThat(forecast.backTestError()).isZero();
  }

  @Test
  void followsAWeeklyCycle() {
    LoadForecast forecast = after(24 * 28, hour -> hour / 24 % 7 == 0 ? 500 + hour % 24 : 50);
    assertThat(forecast.value()).isEqualTo(500);
    assertThat(forecast.method()).isEqualTo(Method.HOUR_OF_WEEK);
  }

  @Test
  void keepsTheLastValueOfASteadyGrowth() {
    LoadForecast forecast = after(24 * 21, hour -> 100 + hour);
    assertThat(forecast.method()).isEqualTo(Method.LAST_VALUE);
    assertThat(forecast.value()).isEqualTo(100 + 24 * 21 - 1);
  }

  @Test
  void oneRunGivesItsValueUntested() {
    LoadForecast forecast = after(1, hour -> 7);
    assertThat(forecast.value()).isEqualTo(7);
    assertThat(forecast.backTestError()).isNaN();
  }
}
