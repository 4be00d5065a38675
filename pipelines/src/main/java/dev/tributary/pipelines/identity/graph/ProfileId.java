package dev.tributary.pipelines.identity.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of a profile, from its oldest identifier alone: the same in an incremental run, after a
 * rebuild and in another region.
 *
 * <p>{@code p_} and the first 128 bits of SHA-256 over {@code graph 0x1f type 0x1f value} in UTF-8,
 * as 26 characters of Crockford's base 32 (most significant first, padded with two zero bits in
 * front, as in a ULID).
 */
public final class ProfileId {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int LENGTH = 26;
  private static final byte SEPARATOR = 0x1f;

  private ProfileId() {}

  /** The id of a profile whose oldest identifier this is. */
  public static String of(String graph, Identifier oldest) {
    MessageDigest digest = sha256();
    digest.update(graph.getBytes(StandardCharsets.UTF_8));
    digest.update(SEPARATOR);
    digest.update(oldest.type().getBytes(StandardCharsets.UTF_8));
    digest.update(SEPARATOR);
    byte[] hash = digest.digest(oldest.value().getBytes(StandardCharsets.UTF_8));
    return "p_" + base32(longAt(hash, 0), longAt(hash, Long.BYTES));
  }

  private static String base32(long high, long low) {
    char[] text = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (low & 31)];
      low = (low >>> 5) | (high << 59);
      high >>>= 5;
    }
    return new String(text);
  }

  private static long longAt(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
