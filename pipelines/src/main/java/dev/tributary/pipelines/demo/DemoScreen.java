package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.lake.terminal.OutputFormat;
import dev.tributary.pipelines.lake.terminal.SqlOptions;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Where a demo shows what it finds.
 *
 * @param stream gets the text; nothing when it is not shown
 * @param width columns of the terminal, 0 where there is none
 * @param isShown false when only the JSON object is wanted
 */
public record DemoScreen(PrintStream stream, int width, boolean isShown) {
  public DemoScreen {
    Objects.requireNonNull(stream, "stream");
  }

  void line(String text) {
    if (isShown) {
      stream.println(text);
      stream.flush();
    }
  }

  SqlOptions sqlOptions() {
    return SqlOptions.of(OutputFormat.TABLE).withWidth(width);
  }
}
