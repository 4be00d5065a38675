package dev.tributary.pipelines.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldEncoderTest {
  private static final Hardening PLAIN = new Hardening(2048, 0.3, true, false, 0, 1, 0);

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(15);
  }

  private static long[] encoded(String key, String salt, Hardening hardening, String value) {
    byte[] saltKey = LinkageKey.of(salt).derive("salt");
    FieldEncoder encoder = new FieldEncoder(LinkageKey.of(key), "surname", hardening);
    byte[] names = encoder.names(Values.tokens(FieldKind.NAME, value));
    return encoder.encode(names, FieldEncoder.salted(saltKey), new SplittableRandom(1));
  }

  private static double differing(long[] left, long[] right) {
    return FieldEncoder.distance(left, 0, right, 0, left.length) / (64.0 * left.length);
  }

  @Property(tries = 100, seed = "85")
  void anEncodingFollowsFromKeySaltAndValue(@ForAll("names") String name) {
    long[] once = encoded("k", "s", Hardening.DEFAULT, name);
    assertThat(encoded("k", "s", Hardening.DEFAULT, name)).isEqualTo(once);
  }

  @Property(tries = 100, seed = "86")
  void anotherKeyOrSaltChangesAboutHalfOfAllBits(@ForAll("names") String name) {
    long[] once = encoded("k", "s", Hardening.DEFAULT, name);
    assertThat(differing(once, encoded("l", "s", Hardening.DEFAULT, name))).isBetween(0.38, 0.62);
    assertThat(differing(once, encoded("k", "t", Hardening.DEFAULT, name))).isBetween(0.38, 0.62);
  }

  @Property(tries = 200, seed = "87")
  void diceOfFiltersTracksDiceOfBigrams(
      @ForAll("names") String left, @ForAll("names") String right) {
    String padded = left + right.substring(0, Math.min(3, right.length()));
    List<String> a = Values.tokens(FieldKind.NAME, left);
    List<String> b = Values.tokens(FieldKind.NAME, padded);
    Set<String> common = new HashSet<>(a);
    common.retainAll(b);
    double ofBigrams = 2.0 * common.size() / (a.size() + b.size());
    assertThat(dice(encoded("k", "s", PLAIN, left), encoded("k", "s", PLAIN, padded)))
        .isBetween(ofBigrams - 0.15, ofBigrams + 0.25);
  }

  private static double dice(long[] left, long[] right) {
    int common = 0;
    int all = 0;
    for (int i = 0; i < left.length; i++) {
      common += Long.bitCount(left[i] & right[i]);
      all += Long.bitCount(left[i]) + Long.bitCount(right[i]);
    }
    return 2.0 * common / all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"o", "li", "smith", "featherstonehaugh", "anna maria von der vogelweide"})
  void theWeightOfAFilterDoesNotTellTheLengthOfTheValue(String value) {
    long[] filter = encoded("k", "s", PLAIN, value);
    double fill = differing(filter, new long[filter.length]);
    assertThat(fill).isBetween(0.26, 0.34);
  }

  @Test
  void balancedFiltersAllHaveTheSameWeight() {
    Hardening balanced = new Hardening(512, 0.4, true, true, 0, 1, 0);
    for (String value : List.of("li", "smith", "featherstonehaugh")) {
      long[] filter = encoded("k", "s", balanced, value);
      assertThat(filter).hasSize(16);
      assertThat(differing(filter, new long[16])).isEqualTo(0.5);
    }
  }

  @Test
  void everyHardeningKeepsSimilarValuesNearerThanOthersAndAsFarAsItSays() {
    for (Hardening hardening :
        List.of(
            Hardening.NONE,
            Hardening.DEFAULT,
            new Hardening(512, 0.4, true, true, 0, 1, 0),
            new Hardening(1024, 0.4, true, false, 1, 1, 0),
            new Hardening(512, 0.4, true, false, 0, 2, 0.05))) {
      long[] name = encoded("k", "s", hardening, "featherstone");
      double near = differing(name, encoded("k", "s", hardening, "fetherstone"));
      double far = differing(name, encoded("k", "s", hardening, "mcallister"));
      assertThat(near).as(hardening.toString()).isLessThan(far - 0.05);
      assertThat(name).hasSize(hardening.words());
    }
    assertThat(Hardening.DEFAULT.shownDistance(0)).isZero();
    assertThat(Hardening.DEFAULT.shownDistance(0.5)).isEqualTo(0.5);
  }
}
