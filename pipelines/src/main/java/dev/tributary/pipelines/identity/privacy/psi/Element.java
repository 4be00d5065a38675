package dev.tributary.pipelines.identity.privacy.psi;

import java.math.BigInteger;
import java.util.Arrays;

/** A blinded element: a u coordinate of Curve25519, 32 bytes, little-endian (RFC 7748). */
final class Element implements Comparable<Element> {
  static final int BYTES = 32;

  private final byte[] bytes;

  Element(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  BigInteger coordinate() {
    byte[] bigEndian = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bigEndian[i] = bytes[BYTES - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** Whether this is the one form of a point of the curve other than the origin. */
  boolean isValid() {
    BigInteger u = coordinate();
    return u.compareTo(Curve25519.P) < 0 && Curve25519.isOnCurve(u);
  }

  @Override
  public int compareTo(Element other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Element element && Arrays.equals(bytes, element.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
