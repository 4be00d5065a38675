package dev.tributary.pipelines.identity.privacy.psi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.List;
import java.util.function.Function;
import javax.crypto.KeyAgreement;

/**
 * A party's secret exponent of one session. Applying two parties' exponents in either order gives
 * the same point. Uses all cores; the result is in the order of the input.
 */
final class BlindingExponent {
  private static final String TAG = "TRIBUTARY-PSI-V1-with-curve25519_XMD:SHA-512_ELL2_RO_";

  private final byte[] scalar;
  private final PrivateKey secret;

  BlindingExponent(byte[] scalar) {
    this.scalar = scalar.clone();
    try {
      this.secret =
          KeyFactory.getInstance("X25519")
              .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a scalar of 32 bytes is always a key", e);
    }
  }

  static BlindingExponent random() {
    byte[] scalar = new byte[32];
    new SecureRandom().nextBytes(scalar);
    return new BlindingExponent(scalar);
  }

  byte[] scalar() {
    return scalar.clone();
  }

  /** Identifiers, hashed to the curve and raised to the exponent. */
  List<Element> blind(List<String> identifiers) {
    return map(
        identifiers,
        text -> raise(Curve25519.hashWithCofactor(text.getBytes(StandardCharsets.UTF_8), TAG)));
  }

  /** Elements that the other party has blinded, raised to this exponent, too. */
  List<Element> blindAgain(List<Element> elements) {
    return map(elements, element -> raise(element.coordinate()));
  }

  private static <T> List<Element> map(List<T> items, Function<T, Element> function) {
    return items.parallelStream().map(function).toList();
  }

  private Element raise(BigInteger coordinate) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(secret);
      agreement.doPhase(
          KeyFactory.getInstance("X25519")
              .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate)),
          true);
      return new Element(agreement.generateSecret());
    } catch (InvalidKeyException e) {
      throw PsiErrors.smallOrder();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 11 platform has X25519", e);
    }
  }

  @Override
  public String toString() {
    return "BlindingExponent[secret]";
  }
}
