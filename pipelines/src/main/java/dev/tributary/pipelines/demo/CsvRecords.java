package dev.tributary.pipelines.demo;

import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The records of a CSV file as bytes, with the number of the line each begins on. A record goes on
 * over line ends while a quote is open (RFC 4180). A quote that stays open for {@link #MOST_LINES}
 * lines was never meant to close: its line is then a record by itself, so that one stray quote does
 * not swallow the file.
 */
final class CsvRecords {

  static final int MOST_LINES = 20;

  /**
   * A record without its line end.
   *
   * @param number of its first line, from 1
   */
  record Line(int number, byte[] bytes) {}

  private final byte[] content;
  private int position;
  private int lineNumber = 1;

  CsvRecords(byte[] content) {
    this.content = content;
    skipEmptyLines();
  }

  boolean hasNext() {
    return position < content.length;
  }

  Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no record after line " + (lineNumber - 1));
    }
    int lines = 1;
    int end = lineEnd(position);
    while (quoteIsOpen(position, end) && lines < MOST_LINES && end < content.length) {
      end = lineEnd(end + 1);
      lines++;
    }
    if (lines > 1 && quoteIsOpen(position, end)) {
      end = lineEnd(position);
      lines = 1;
    }
    Line line = new Line(lineNumber, withoutReturn(position, end));
    position = Math.min(end + 1, content.length);
    lineNumber += lines;
    skipEmptyLines();
    return line;
  }

  private void skipEmptyLines() {
    while (position < content.length && (content[position] == '\n' || content[position] == '\r')) {
      if (content[position] == '\n') {
        lineNumber++;
      }
      position++;
    }
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean quoteIsOpen(int from, int to) {
    boolean open = false;
    for (int i = from; i < to; i++) {
      open ^= content[i] == '"';
    }
    return open;
  }

  private byte[] withoutReturn(int from, int to) {
    int end = to > from && content[to - 1] == '\r' ? to - 1 : to;
    return Arrays.copyOfRange(content, from, end);
  }
}
