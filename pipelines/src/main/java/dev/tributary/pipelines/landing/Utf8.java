package dev.tributary.pipelines.landing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Strict Unicode check of a JSON text before it is parsed: RFC 3629 (no overlong forms, no encoded
 * surrogates), and no escape that names half a surrogate pair, which would be silently replaced
 * when the string is stored. Plain ASCII without escapes is passed eight bytes at a time.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer scratch = CharBuffer.allocate(8192);

  /**
   * The offset of the first byte that breaks the rules.
   *
   * @return -1 when the text is sound
   */
  int firstFault(byte[] bytes, int from, int to) {
    boolean ascii = true;
    boolean escapes = false;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      long slashes = word ^ BACKSLASHES;
      ascii &= (word & HIGH_BITS) == 0;
      escapes |= ((slashes - LOW_BITS) & ~slashes & HIGH_BITS) != 0;
    }
    for (; at < to; at++) {
      ascii &= bytes[at] >= 0;
      escapes |= bytes[at] == '\\';
    }
    int fault = ascii ? -1 : firstMalformed(bytes, from, to);
    return fault >= 0 || !escapes ? fault : firstLoneSurrogate(bytes, from, to);
  }

  int firstMalformed(byte[] bytes, int from, int to) {
    ByteBuffer input = ByteBuffer.wrap(bytes, from, to - from);
    decoder.reset();
    while (true) {
      scratch.clear();
      CoderResult result = decoder.decode(input, scratch, true);
      if (result.isError()) {
        return input.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
    }
  }

  private static int firstLoneSurrogate(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
      } else if (at + 1 < to && bytes[at + 1] == 'u') {
        int unit = hex4(bytes, at + 2, to);
        if (Character.isLowSurrogate((char) unit) && unit >= 0) {
          return at;
        }
        if (unit >= 0 && Character.isHighSurrogate((char) unit)) {
          boolean paired =
              at + 7 < to
                  && bytes[at + 6] == '\\'
                  && bytes[at + 7] == 'u'
                  && isLow(hex4(bytes, at + 8, to));
          if (!paired) {
            return at;
          }
          at += 6;
        }
        at += 6;
      } else {
        at += 2;
      }
    }
    return -1;
  }

  private static boolean isLow(int unit) {
    return unit >= 0 && Character.isLowSurrogate((char) unit);
  }

  /**
   * The value of four hex digits, or -1 where they are not; the JSON parser refuses those itself.
   */
  private static int hex4(byte[] bytes, int at, int to) {
    if (at + 4 > to) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
