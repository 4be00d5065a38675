package dev.tributary.pipelines.landing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One CSV record taken apart (RFC 4180): fields between separators, quoted where they hold
 * separators, quotes or line ends. An empty field is null, a quoted empty one the empty text. A
 * quote inside a field that does not begin with one is a character like any other. Reused, and not
 * thread-safe.
 */
final class CsvRecord {
  private final byte separator;
  private final byte quote;
  private final String encoding;
  private final CharsetDecoder decoder;
  private final List<String> fields = new ArrayList<>();
  private byte[] unquoted = new byte[256];
  private String problem;
  private boolean open;

  CsvRecord(CsvFormat format) {
    separator = (byte) format.separator();
    quote = (byte) format.quote();
    encoding = format.encoding();
    decoder =
        format
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** The fields of the record that was read last. */
  List<String> fields() {
    return fields;
  }

  /** What is wrong with it, or null. */
  String problem() {
    return problem;
  }

  /** Whether it ends inside a quoted field, so that it may go on in the next line. */
  boolean open() {
    return open;
  }

  void read(byte[] line) {
    fields.clear();
    problem = null;
    open = false;
    int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    int at = 0;
    while (at <= length && problem == null) {
      at =
          at < length && line[at] == quote ? quoted(line, at + 1, length) : plain(line, at, length);
    }
  }

  private int plain(byte[] line, int from, int length) {
    int at = from;
    while (at < length && line[at] != separator) {
      at++;
    }
    fields.add(at == from ? null : decode(line, from, at - from));
    return at + 1;
  }

  private int quoted(byte[] line, int from, int length) {
    if (unquoted.length < length) {
      unquoted = new byte[length];
    }
    int size = 0;
    int at = from;
    while (at < length) {
      if (line[at] != quote) {
        unquoted[size++] = line[at++];
      } else if (at + 1 < length && line[at + 1] == quote) {
        unquoted[size++] = quote;
        at += 2;
      } else {
        break;
      }
    }
    if (at >= length) {
      open = true;
      problem = "a quoted field is not closed";
    } else if (at + 1 < length && line[at + 1] != separator) {
      problem = "there is text after the closing quote of field " + (fields.size() + 1);
    } else {
      fields.add(decode(unquoted, 0, size));
    }
    return at + 2;
  }

  private String decode(byte[] bytes, int from, int length) {
    if (isAscii(bytes, from, length)) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, from, length)).toString();
    } catch (CharacterCodingException e) {
      problem = "field " + (fields.size() + 1) + " is not " + encoding;
      return null;
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
