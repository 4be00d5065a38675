package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private long nanos;

  @Test
  void printsPlainLinesNowAndThenWhereThereIsNoTerminal() {
    Progress progress = new TerminalProgress(out, false, () -> nanos);
    for (int done = 0; done <= 1000; done++) {
      progress.update("landing", done, 1000, "");
      nanos += 10_000_000;
    }
    assertThat(text().lines())
        .containsExactly(
            "landing   0% 0 of 1,000 · 0 s",
            "landing  50% 500 of 1,000 · 5 s", "landing 100% 1,000 of 1,000 · 10 s");
  }

  @Test
  void drawsABarOverItselfOnATerminalAndKeepsLinesSaidInBetween() {
    Progress progress = new TerminalProgress(out, true, () -> nanos);
    progress.update("landing", 500, 1000, "5 events/s");
    progress.say("a new version");
    progress.end();
    assertThat(text())
        .contains("landing ██████████████░░░░░░░░░░░░░░  50% 500 of 1,000 · 5 events/s · 0 s")
        .contains("\r\u001b[2Ka new version\n");
  }

  @Test
  void countsWhereTheTotalIsUnknown() {
    new TerminalProgress(out, false, () -> nanos).update("landing", 1234, 0, "");
    assertThat(text()).isEqualTo("landing 1,234 · 0 s\n");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
