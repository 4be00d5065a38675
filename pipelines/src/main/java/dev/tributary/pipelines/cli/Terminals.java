package dev.tributary.pipelines.cli;

import java.io.IOException;
import java.util.Arrays;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Which of the standard streams are terminals: Java 17 cannot tell, the launcher can. */
final class Terminals {
  private static final String PROPERTY = "tributary.terminals";

  private Terminals() {}

  static boolean input() {
    return is("in");
  }

  static boolean output() {
    return is("out");
  }

  static boolean error() {
    return is("err");
  }

  private static boolean is(String stream) {
    String told = System.getProperty(PROPERTY);
    return told == null
        ? System.console() != null
        : Arrays.asList(told.split(",")).contains(stream);
  }

  /** The columns of the terminal that standard output is, or 0 where it is none. */
  static int width() throws IOException {
    if (!output()) {
      return 0;
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      return Math.max(0, terminal.getWidth());
    }
  }
}
