package dev.tributary.pipelines.identity.csv;

/** Follows the quotes of a CSV text, character by character, for one that is never closed. */
final class Quotes {
  private enum State {
    BEGINS,
    PLAIN,
    QUOTED,
    /** After a quote in a quoted value: it was its last, or one of two. */
    CLOSED
  }

  private final char delimiter;
  private State state = State.BEGINS;
  private long line = 1;
  private long openedAt;

  Quotes(char delimiter) {
    this.delimiter = delimiter;
  }

  void next(char c) {
    line += c == '\n' ? 1 : 0;
    switch (state) {
      case QUOTED -> state = c == '"' ? State.CLOSED : State.QUOTED;
      case CLOSED -> state = c == '"' ? State.QUOTED : plain(c);
      case BEGINS -> begin(c);
      default -> state = plain(c);
    }
  }

  private void begin(char c) {
    if (c == '"') {
      state = State.QUOTED;
      openedAt = line;
    } else if (c == delimiter || !Character.isWhitespace(c) && c != '\uFEFF') {
      state = plain(c);
    }
  }

  private State plain(char c) {
    return c == delimiter || c == '\n' || c == '\r' ? State.BEGINS : State.PLAIN;
  }

  /** The line, from 1 on, of a quote that is open at the end; 0 for none. */
  long open() {
    return state == State.QUOTED ? openedAt : 0;
  }
}
