package dev.tributary.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.service.PredictorApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSizingTest {
  @TempDir Path store;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  private String told(DemoSizing sizing) {
    text.reset();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    DemoReport report = new DemoReport(new DemoScreen(out, 0, true));
    sizing.tell(report);
    assertThat((List<?>) report.toMap().get("sizing")).isNotEmpty();
    return text.toString(StandardCharsets.UTF_8);
  }

  @Test
  void oneRunIsTooLittleAndSeveralAreEnoughToRecommendTheNext() throws Exception {
    DemoSizing first = new DemoSizing(store, "local[2]");
    first.run("demo-landing", 1_000, () -> Thread.sleep(100));
    assertThat(told(first)).contains("demo-landing", "1 run is known, too little", "local[2]");
    DemoSizing later = new DemoSizing(store, "local[2]");
    for (int run = 0; run < 5; run++) {
      later.run("demo-landing", 1_000, () -> Thread.sleep(100));
    }
    assertThat(told(later)).contains("6 runs are known; the next needs local[2]", "at most");
    try (PredictorApi api =
        PredictorApi.open(store, Optional.empty(), "a test", Duration.ofSeconds(5))) {
      assertThat(api.runs("demo-landing", Long.MAX_VALUE, 10)).hasSize(6);
      assertThat(api.accuracy("demo-landing", 0).path("scored").asInt()).isEqualTo(5);
    }
  }

  @Test
  void aJobThatFailsFailsAndOneWithoutAPredictorRuns() throws Exception {
    DemoSizing sizing = new DemoSizing(store, "local[2]");
    assertThatThrownBy(
            () ->
                sizing.run(
                    "broken",
                    1,
                    () -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    Path noDirectory = Files.writeString(store.resolve("file"), "");
    DemoSizing alone = new DemoSizing(noDirectory, "local[2]");
    AtomicBoolean ran = new AtomicBoolean();
    alone.run("demo-landing", 1, () -> ran.set(true));
    assertThat(ran).isTrue();
    assertThat(told(alone)).contains("the predictor could not be asked: ");
  }
}
