package dev.tributary.pipelines.identity.csv;

/** Follows the values, records and quotes of a CSV text, character by character. */
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
  private char before;
  private long line = 1;
  private long openedAt;
  private int values = 1;
  private boolean blank = true;

  Quotes(char delimiter) {
    this.delimiter = delimiter;
  }

  /**
   * Takes a character.
   *
   * @return how many values the record has that it ends; 0 where it ends none, or a blank line
   */
  int next(char c) {
    boolean ends = c == '\r' || c == '\n' && before != '\r';
    line += ends ? 1 : 0;
    before = c;
    switch (state) {
      case QUOTED -> state = c == '"' ? State.CLOSED : State.QUOTED;
      case CLOSED -> state = c == '"' ? State.QUOTED : plain(c);
      case BEGINS -> begin(c);
      default -> state = plain(c);
    }
    return state == State.BEGINS ? ended(c, ends) : 0;
  }

  private int ended(char c, boolean record) {
    if (record) {
      int ended = unfinished();
      values = 1;
      blank = true;
      return ended;
    }
    if (c == delimiter) {
      values++;
      blank = false;
    }
    return 0;
  }

  private void begin(char c) {
    if (c == '"') {
      state = State.QUOTED;
      openedAt = line;
      blank = false;
    } else if (c != delimiter && !Character.isWhitespace(c) && c != '\uFEFF') {
      state = State.PLAIN;
      blank = false;
    }
  }

  private State plain(char c) {
    return c == delimiter || c == '\n' || c == '\r' ? State.BEGINS : State.PLAIN;
  }

  /** How many values the record has up to here; 0 at its beginning. */
  int unfinished() {
    return blank ? 0 : values;
  }

  /** The line, from 1 on, of a quote that is open at the end; 0 for none. */
  long open() {
    return state == State.QUOTED ? openedAt : 0;
  }
}
