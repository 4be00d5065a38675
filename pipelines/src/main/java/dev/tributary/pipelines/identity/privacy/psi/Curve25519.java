package dev.tributary.pipelines.identity.privacy.psi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Hashing to Curve25519, v² = u³ + 486662u² + u over 2^255 − 19, by RFC 9380, suite
 * curve25519_XMD:SHA-512_ELL2_RO_. Not in constant time: run where the identifiers are at home.
 */
final class Curve25519 {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger A = BigInteger.valueOf(486662);
  private static final BigInteger ROOT_EXPONENT = P.add(BigInteger.valueOf(3)).shiftRight(3);
  private static final BigInteger HALF_ORDER = P.subtract(BigInteger.ONE).shiftRight(1);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
  private static final int FIELD_BYTES = 48;
  private static final int HASH_BYTES = 64;
  private static final int HASH_BLOCK_BYTES = 128;

  private Curve25519() {}

  /** An affine point; null stands for the identity. */
  record Point(BigInteger u, BigInteger v) {}

  /**
   * The u coordinate of a point whose multiple by the cofactor is the hash of RFC 9380; X25519,
   * whose scalars are multiples of the cofactor, makes up for it. Empty input hashes, too.
   *
   * @param tag the domain separation tag, 1 to 255 bytes
   */
  static BigInteger hashWithCofactor(byte[] message, String tag) {
    Point sum = mapped(message, tag);
    // The identity comes up with a probability of 2^-252.
    return sum == null ? BigInteger.ZERO : sum.u();
  }

  /** hash_to_curve of RFC 9380, section 3. */
  static Point hash(byte[] message, String tag) {
    Point point = mapped(message, tag);
    for (int i = 0; i < 3; i++) {
      point = add(point, point);
    }
    return point;
  }

  private static Point mapped(byte[] message, String tag) {
    byte[] uniform = expand(message, tag.getBytes(StandardCharsets.US_ASCII), 2 * FIELD_BYTES);
    Point first = elligator(element(uniform, 0));
    Point second = elligator(element(uniform, FIELD_BYTES));
    return add(first, second);
  }

  private static BigInteger element(byte[] uniform, int from) {
    return new BigInteger(1, Arrays.copyOfRange(uniform, from, from + FIELD_BYTES)).mod(P);
  }

  /** expand_message_xmd of RFC 9380, section 5.3.1, with SHA-512. */
  static byte[] expand(byte[] message, byte[] tag, int length) {
    MessageDigest sha = sha512();
    byte[] tagPrime = Arrays.copyOf(tag, tag.length + 1);
    tagPrime[tag.length] = (byte) tag.length;
    sha.update(new byte[HASH_BLOCK_BYTES]);
    sha.update(message);
    sha.update(new byte[] {(byte) (length >> 8), (byte) length, 0});
    byte[] zeroth = sha.digest(tagPrime);
    byte[] last = new byte[HASH_BYTES];
    byte[] out = new byte[length];
    for (int i = 1; (i - 1) * HASH_BYTES < length; i++) {
      for (int j = 0; j < HASH_BYTES; j++) {
        last[j] ^= zeroth[j];
      }
      sha.update(last);
      sha.update((byte) i);
      last = sha.digest(tagPrime);
      int from = (i - 1) * HASH_BYTES;
      System.arraycopy(last, 0, out, from, Math.min(HASH_BYTES, length - from));
    }
    return out;
  }

  /** map_to_curve_elligator2 of RFC 9380, section 6.7.1, with Z = 2. */
  private static Point elligator(BigInteger element) {
    BigInteger square = element.multiply(element).shiftLeft(1).add(BigInteger.ONE).mod(P);
    BigInteger first =
        square.signum() == 0 ? P.subtract(A) : A.negate().multiply(square.modInverse(P)).mod(P);
    BigInteger root = root(curve(first));
    if (root != null) {
      return new Point(first, root.testBit(0) ? root : P.subtract(root));
    }
    BigInteger second = first.add(A).negate().mod(P);
    root = root(curve(second));
    return new Point(second, root.testBit(0) ? P.subtract(root) : root);
  }

  private static BigInteger curve(BigInteger u) {
    return u.add(A).multiply(u).add(BigInteger.ONE).mod(P).multiply(u).mod(P);
  }

  /** A square root modulo P, or null where there is none. */
  private static BigInteger root(BigInteger square) {
    BigInteger root = square.modPow(ROOT_EXPONENT, P);
    if (root.multiply(root).mod(P).equals(square)) {
      return root;
    }
    BigInteger other = root.multiply(ROOT_OF_MINUS_ONE).mod(P);
    return other.multiply(other).mod(P).equals(square) ? other : null;
  }

  private static Point add(Point a, Point b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    BigInteger slope;
    if (a.u().equals(b.u())) {
      if (!a.v().equals(b.v()) || a.v().signum() == 0) {
        return null;
      }
      BigInteger three = BigInteger.valueOf(3);
      BigInteger rise =
          three.multiply(a.u()).add(A.shiftLeft(1)).multiply(a.u()).add(BigInteger.ONE);
      slope = rise.multiply(a.v().shiftLeft(1).modInverse(P)).mod(P);
    } else {
      BigInteger run = b.u().subtract(a.u()).mod(P);
      slope = b.v().subtract(a.v()).multiply(run.modInverse(P)).mod(P);
    }
    BigInteger u = slope.multiply(slope).subtract(A).subtract(a.u()).subtract(b.u()).mod(P);
    return new Point(u, slope.multiply(a.u().subtract(u)).subtract(a.v()).mod(P));
  }

  /** Whether the reduced coordinate belongs to a point of the curve and not of its twist. */
  static boolean isOnCurve(BigInteger u) {
    return u.signum() != 0 && curve(u).modPow(HALF_ORDER, P).equals(BigInteger.ONE);
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}
