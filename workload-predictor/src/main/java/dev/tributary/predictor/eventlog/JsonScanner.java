package dev.tributary.predictor.eventlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over one JSON text (RFC 8259) in a range of bytes without building anything: the caller
 * asks for the keys it knows and skips the rest. Every byte that is passed is held against the
 * grammar, so that a line cut or garbled anywhere is told, skipped values included. The byte after
 * the range must be readable and no part of JSON: a line feed, say.
 *
 * <p>Strings are crossed eight bytes at a time (the zero-byte test of Hacker's Delight, section
 * 6-1).
 */
final class JsonScanner {
  /** The end of an object, from {@link #key}. */
  static final int END = -1;

  /** Deepest nesting that is followed; deeper text counts as malformed. */
  static final int DEEPEST = 20_000;

  /** Bytes behind the range that must exist in the array. */
  static final int SLACK = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean first;
  private boolean[] objects = new boolean[64];

  /** Takes {@code bytes[from, to)} as the text. */
  void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.first = false;
  }

  /**
   * Enters the object that comes next.
   *
   * @return false when something else came: it has been skipped
   */
  boolean openObject() throws MalformedJson {
    at = space(at);
    if (bytes[at] != '{') {
      skip();
      return false;
    }
    at++;
    first = true;
    return true;
  }

  /**
   * The next key of the object that was entered, or {@link #END} when it ends, or {@link
   * KeyTable#UNKNOWN}. The caller then takes or skips its value.
   */
  int key(KeyTable keys) throws MalformedJson {
    int p = space(at);
    if (bytes[p] == '}') {
      at = p + 1;
      first = false;
      return END;
    }
    if (!first) {
      p = space(after(p, ','));
    }
    first = false;
    int from = after(p, '"');
    p = skipString(from);
    at = after(space(p), ':');
    return keys.find(bytes, from, p - 1);
  }

  /** Enters the array that comes next; skips anything else. */
  boolean openArray() throws MalformedJson {
    at = space(at);
    if (bytes[at] != '[') {
      skip();
      return false;
    }
    at++;
    first = true;
    return true;
  }

  /** Whether the array that was entered has one more element; the caller takes or skips it. */
  boolean element() throws MalformedJson {
    int p = space(at);
    if (bytes[p] == ']') {
      at = p + 1;
      first = false;
      return false;
    }
    at = first ? p : after(p, ',');
    first = false;
    return true;
  }

  /** The text is over. */
  void finish() throws MalformedJson {
    if (space(at) != end) {
      throw MalformedJson.ERROR;
    }
  }

  /** A number, also one in quotes; fractions are cut; 0 for anything else. */
  long longValue() throws MalformedJson {
    int p = space(at);
    int from = p;
    boolean negative = bytes[p] == '-';
    if (negative) {
      p++;
    }
    long value = 0;
    int digits = p;
    while (bytes[p] >= '0' && bytes[p] <= '9') {
      value = value * 10 + (bytes[p++] - '0');
    }
    byte next = bytes[p];
    if (p > digits && p - digits < 19 && next != '.' && next != 'e' && next != 'E') {
      at = p;
      return negative ? -value : value;
    }
    skip();
    return (long) parsed(from, at);
  }

  private double parsed(int from, int to) {
    boolean quoted = bytes[from] == '"';
    String text =
        new String(
            bytes,
            quoted ? from + 1 : from,
            quoted ? to - from - 2 : to - from,
            StandardCharsets.US_ASCII);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  /** True, or its text in quotes; false for anything else. */
  boolean booleanValue() throws MalformedJson {
    int p = space(at);
    skip();
    return bytes[p] == 't' || (bytes[p] == '"' && bytes[p + 1] == 't');
  }

  /** A string of at most so many bytes, the rest is cut; null for anything else. */
  String stringValue(int most) throws MalformedJson {
    at = space(at);
    if (bytes[at] != '"') {
      skip();
      return null;
    }
    int from = at + 1;
    at = skipString(from);
    int to = Math.min(at - 1, from + most);
    for (int p = from; p < to; p++) {
      if (bytes[p] == '\\') {
        return unescaped(from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private String unescaped(int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    int p = from;
    while (p < to) {
      if (bytes[p] != '\\') {
        p++;
        continue;
      }
      text.append(new String(bytes, plain, p - plain, StandardCharsets.UTF_8));
      if (bytes[p + 1] == 'u') {
        text.append(p + 6 <= to ? hexadecimal(p + 2) : '\uFFFD');
        p += 6;
      } else {
        text.append(escaped(bytes[p + 1]));
        p += 2;
      }
      plain = Math.min(p, to);
    }
    return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8)).toString();
  }

  private static char escaped(byte letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> (char) letter;
    };
  }

  private char hexadecimal(int from) {
    int value = 0;
    for (int p = from; p < from + 4; p++) {
      int digit = Character.digit(bytes[p], 16);
      if (digit < 0) {
        return '\uFFFD';
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  /** Passes over the value that comes next, whatever it is. */
  void skip() throws MalformedJson {
    at = skipValue(at);
  }

  private int skipValue(int from) throws MalformedJson {
    byte[] b = bytes;
    int p = from;
    int depth = 0;
    while (true) {
      p = space(p);
      switch (b[p]) {
        case '"' -> p = skipString(p + 1);
        case '{' -> {
          p = space(p + 1);
          if (b[p] != '}') {
            push(depth++, true);
            p = skipKey(p);
            continue;
          }
          p++;
        }
        case '[' -> {
          p = space(p + 1);
          if (b[p] != ']') {
            push(depth++, false);
            continue;
          }
          p++;
        }
        case 't' -> p = literal(p, TRUE);
        case 'f' -> p = literal(p, FALSE);
        case 'n' -> p = literal(p, NULL);
        default -> p = number(p);
      }
      boolean closed = true;
      while (closed) {
        if (depth == 0) {
          return p;
        }
        p = space(p);
        boolean object = objects[depth - 1];
        closed = b[p] == (object ? '}' : ']');
        if (closed) {
          p++;
          depth--;
        } else {
          p = after(p, ',');
          if (object) {
            p = skipKey(space(p));
          }
        }
      }
    }
  }

  private void push(int depth, boolean object) throws MalformedJson {
    if (depth >= DEEPEST) {
      throw MalformedJson.ERROR;
    }
    if (depth == objects.length) {
      objects = Arrays.copyOf(objects, depth * 2);
    }
    objects[depth] = object;
  }

  private int skipKey(int p) throws MalformedJson {
    return after(space(skipString(after(p, '"'))), ':');
  }

  /** The place after the quote that closes the string whose first byte is at {@code from}. */
  private int skipString(int from) throws MalformedJson {
    byte[] b = bytes;
    int p = from;
    while (p < end) {
      long word = (long) LONGS.get(b, p);
      long quotes = word ^ QUOTES;
      long slashes = word ^ BACKSLASHES;
      long found = (((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes)) & HIGHS;
      if (found == 0) {
        p += 8;
        continue;
      }
      p += Long.numberOfTrailingZeros(found) >>> 3;
      if (p >= end) {
        break;
      }
      if (b[p] == '"') {
        return p + 1;
      }
      p = skipEscape(p + 1);
    }
    throw MalformedJson.ERROR;
  }

  private int skipEscape(int letter) throws MalformedJson {
    switch (bytes[letter]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return letter + 1;
      }
      case 'u' -> {
        for (int p = letter + 1; p < letter + 5; p++) {
          if (p >= end || Character.digit(bytes[p], 16) < 0) {
            throw MalformedJson.ERROR;
          }
        }
        return letter + 5;
      }
      default -> throw MalformedJson.ERROR;
    }
  }

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private int literal(int p, byte[] word) throws MalformedJson {
    for (int i = 0; i < word.length; i++) {
      if (bytes[p + i] != word[i]) {
        throw MalformedJson.ERROR;
      }
    }
    return p + word.length;
  }

  private int number(int from) throws MalformedJson {
    byte[] b = bytes;
    int whole = b[from] == '-' ? from + 1 : from;
    int p = digits(whole);
    if (b[whole] == '0' && p > whole + 1) {
      throw MalformedJson.ERROR;
    }
    if (b[p] == '.') {
      p = digits(p + 1);
    }
    if (b[p] == 'e' || b[p] == 'E') {
      p++;
      p = digits(b[p] == '+' || b[p] == '-' ? p + 1 : p);
    }
    return p;
  }

  private int digits(int from) throws MalformedJson {
    int p = from;
    while (bytes[p] >= '0' && bytes[p] <= '9') {
      p++;
    }
    if (p == from) {
      throw MalformedJson.ERROR;
    }
    return p;
  }

  private int after(int p, char wanted) throws MalformedJson {
    if (bytes[p] != wanted) {
      throw MalformedJson.ERROR;
    }
    return p + 1;
  }

  private int space(int from) {
    int p = from;
    while (bytes[p] == ' ' || bytes[p] == '\t') {
      p++;
    }
    return p;
  }
}
