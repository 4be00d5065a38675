package dev.tributary.pipelines.identity.privacy.psi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Curve25519Test {
  private static final String RFC_TAG = "QUUX-V01-CS02-with-curve25519_XMD:SHA-512_ELL2_RO_";

  /** RFC 9380, appendix J.4.1; a count after '*' repeats the letter before it. */
  @ParameterizedTest
  @CsvSource({
    "'',2de3780abb67e861289f5749d16d3e217ffa722192d16bbd9d1bfb9d112b98c0,"
        + "3b5dc2a498941a1033d176567d457845637554a2fe7a3507d21abd1c1bd6e878",
    "abc,2b4419f1f2d48f5872de692b0aca72cc7b0a60915dd70bde432e826b6abc526d,"
        + "1b8235f255a268f0a6fa8763e97eb3d22d149343d495da1160eff9703f2d07dd",
    "abcdef0123456789,68ca1ea5a6acf4e9956daa101709b1eee6c1bb0df1de3b90d4602382a104c036,"
        + "2a375b656207123d10766e68b938b1812a4a6625ff83cb8d5e86f58a4be08353",
    "q128_q*128,096e9c8bae6c06b554c1ee69383bb0e82267e064236b3a30608d4ed20b73ac5a,"
        + "1eb5a62612cafb32b16c3329794645b5b948d9f8ffe501d4e26b073fef6de355",
    "a512_a*512,1bc61845a138e912f047b5e70ba9606ba2a447a4dade024c8ef3dd42b7bbc5fe,"
        + "623d05e47b70e25f7f1d51dda6d7c23c9a18ce015fe3548df596ea9e38c69bf1",
  })
  void hashesAsTheRfcDoes(String message, String u, String v) {
    Curve25519.Point point = Curve25519.hash(expanded(message), RFC_TAG);
    assertThat(point).isEqualTo(new Curve25519.Point(new BigInteger(u, 16), new BigInteger(v, 16)));
    assertThat(Curve25519.isOnCurve(point.u())).isTrue();
  }

  private static byte[] expanded(String message) {
    int star = message.indexOf('*');
    String text =
        star < 0
            ? message
            : message.substring(0, star - 1)
                + message
                    .substring(star - 1, star)
                    .repeat(Integer.parseInt(message.substring(star + 1)));
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void twoExponentsGiveTheSameElementInEitherOrder() {
    List<String> identifiers = IntStream.range(0, 20).mapToObj(i -> "person" + i).toList();
    BlindingExponent a = BlindingExponent.random();
    BlindingExponent b = BlindingExponent.random();
    List<Element> ab = b.blindAgain(a.blind(identifiers));
    assertThat(ab).isEqualTo(a.blindAgain(b.blind(identifiers))).doesNotHaveDuplicates();
    assertThat(ab).allMatch(Element::isValid);
    assertThat(a.blind(identifiers)).doesNotContainAnyElementsOf(b.blind(identifiers));
  }

  @Test
  void pointsOfTheTwistAndOriginAreRefused() {
    assertThat(Curve25519.isOnCurve(BigInteger.TWO)).isFalse();
    assertThat(Curve25519.isOnCurve(BigInteger.ZERO)).isFalse();
    assertThat(Curve25519.isOnCurve(BigInteger.valueOf(9))).isTrue();
    byte[] notReduced = new byte[32];
    java.util.Arrays.fill(notReduced, (byte) 0xff);
    assertThat(new Element(notReduced).isValid()).isFalse();
  }
}
