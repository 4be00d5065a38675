package dev.tributary.pipelines.identity.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encodes the values of one field as hardened Bloom filters (Schnell, Bachteler, Reiher 2009).
 *
 * <p>A token's positions are random hashes: HMAC-SHA-256 under the field's key gives the token a
 * name of 112 bits, and AES-128 under the salt's key, itself an HMAC-SHA-256 of the salt, turns the
 * name and a counter into positions. The number of positions a token has falls with the number of
 * tokens, so that all filters are equally full. Not safe for use by several threads.
 */
final class FieldEncoder {
  private static final int BLOCK_BYTES = 16;
  private static final int NAME_BYTES = 14;
  private static final int POSITIONS_PER_BLOCK = 8;
  private static final int CACHED_TOKENS = 200_000;

  private final Hardening hardening;
  private final Mac tokenMac;
  private final int[] taps;
  private final int[] permutation;
  private final Map<String, byte[]> names = new HashMap<>();

  FieldEncoder(LinkageKey key, String field, Hardening hardening) {
    this.hardening = hardening;
    this.tokenMac = LinkageKey.mac(key.derive("token/" + field));
    SplittableRandom secret = seeded(key.derive("layout/" + field));
    this.permutation = permutation(secret, 2 * hardening.bits());
    this.taps = taps(secret, hardening);
  }

  static SplittableRandom seeded(byte[] key) {
    return new SplittableRandom(ByteBuffer.wrap(key).getLong());
  }

  private static int[] permutation(SplittableRandom random, int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** For each shown bit the distinct filter bits that are XORed into it. */
  private static int[] taps(SplittableRandom random, Hardening hardening) {
    int bits = hardening.shownBits();
    int[] taps = new int[bits * hardening.diffusion()];
    for (int round = 0; round < hardening.diffusion(); round++) {
      int[] order = permutation(random, bits);
      for (int bit = 0; bit < bits; bit++) {
        taps[bit * hardening.diffusion() + round] = order[bit];
      }
    }
    return taps;
  }

  /** A cipher under the key that the salt gives. */
  static Cipher salted(byte[] saltKey) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(saltKey, 0, 16, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-128", e);
    }
  }

  /** Keyed names of a value's tokens, one after the other; the same under every salt. */
  byte[] names(List<String> tokens) {
    byte[] joined = new byte[NAME_BYTES * tokens.size()];
    int at = 0;
    for (String token : tokens) {
      System.arraycopy(name(token), 0, joined, at, NAME_BYTES);
      at += NAME_BYTES;
    }
    return joined;
  }

  /**
   * The encoding, under the salt, of the value with these names of tokens.
   *
   * @param noise what decides which bits are flipped, where any are
   */
  long[] encode(byte[] tokens, Cipher salt, SplittableRandom noise) {
    byte[] filter = filter(tokens, salt);
    if (hardening.balanced()) {
      filter = balanced(filter);
    }
    for (int fold = 0; fold < hardening.folds(); fold++) {
      filter = folded(filter);
    }
    if (hardening.diffusion() > 1) {
      filter = diffused(filter);
    }
    if (hardening.flip() > 0) {
      flip(filter, noise);
    }
    return packed(filter);
  }

  /** The filter, a byte of 0 or 1 for each bit. */
  private byte[] filter(byte[] tokens, Cipher salt) {
    int count = tokens.length / NAME_BYTES;
    int bits = hardening.bits();
    double insertions = -Math.log(1 - hardening.fill()) * bits;
    int hashes = Math.max(1, (int) Math.round(insertions / count));
    int blocks = (hashes + POSITIONS_PER_BLOCK - 1) / POSITIONS_PER_BLOCK;
    byte[] positions = positions(tokens, count, blocks, salt);
    byte[] filter = new byte[bits];
    for (int token = 0; token < count; token++) {
      int from = token * blocks * BLOCK_BYTES;
      for (int at = from; at < from + 2 * hashes; at += 2) {
        filter[((positions[at] & 0xff) << 8 | positions[at + 1] & 0xff) & bits - 1] = 1;
      }
    }
    return filter;
  }

  private static byte[] positions(byte[] tokens, int count, int blocks, Cipher salt) {
    byte[] input = new byte[count * blocks * BLOCK_BYTES];
    int at = 0;
    for (int token = 0; token < count; token++) {
      for (int block = 0; block < blocks; block++) {
        System.arraycopy(tokens, token * NAME_BYTES, input, at, NAME_BYTES);
        input[at + NAME_BYTES] = (byte) (block >> 8);
        input[at + NAME_BYTES + 1] = (byte) block;
        at += BLOCK_BYTES;
      }
    }
    try {
      return salt.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks can always be encrypted", e);
    }
  }

  private byte[] name(String token) {
    byte[] name = names.get(token);
    if (name == null) {
      name = tokenMac.doFinal(token.getBytes(StandardCharsets.UTF_8));
      if (names.size() < CACHED_TOKENS) {
        names.put(token, name);
      }
    }
    return name;
  }

  private byte[] balanced(byte[] filter) {
    byte[] joined = new byte[2 * filter.length];
    for (int i = 0; i < joined.length; i++) {
      int from = permutation[i];
      joined[i] = (byte) (from < filter.length ? filter[from] : 1 - filter[from - filter.length]);
    }
    return joined;
  }

  private static byte[] folded(byte[] filter) {
    byte[] folded = new byte[filter.length / 2];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = (byte) (filter[i] ^ filter[folded.length + i]);
    }
    return folded;
  }

  private byte[] diffused(byte[] filter) {
    byte[] shown = new byte[filter.length];
    int tap = 0;
    for (int bit = 0; bit < filter.length; bit++) {
      int sum = 0;
      for (int i = 0; i < hardening.diffusion(); i++) {
        sum ^= filter[taps[tap++]];
      }
      shown[bit] = (byte) sum;
    }
    return shown;
  }

  private void flip(byte[] filter, SplittableRandom noise) {
    for (int bit = 0; bit < filter.length; bit++) {
      if (noise.nextDouble() < hardening.flip()) {
        filter[bit] ^= 1;
      }
    }
  }

  private static long[] packed(byte[] filter) {
    long[] words = new long[filter.length / 64];
    for (int word = 0; word < words.length; word++) {
      long packed = 0;
      for (int bit = 63; bit >= 0; bit--) {
        packed = packed << 1 | filter[64 * word + bit];
      }
      words[word] = packed;
    }
    return words;
  }

  /** The number of bits in which two encodings differ. */
  static int distance(long[] left, int leftAt, long[] right, int rightAt, int words) {
    int distance = 0;
    for (int i = 0; i < words; i++) {
      distance += Long.bitCount(left[leftAt + i] ^ right[rightAt + i]);
    }
    return distance;
  }
}
