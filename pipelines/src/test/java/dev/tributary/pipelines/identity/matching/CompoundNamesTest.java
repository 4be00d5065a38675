package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompoundNamesTest {
  private static final byte GIVEN = (byte) NameRole.GIVEN.ordinal();
  private static final byte FAMILY = (byte) NameRole.FAMILY.ordinal();

  /** Of 100 records five are called Hans Peter, five Hans alone, two Klaus Otto. */
  private static String[][] names() {
    String[][] names = new String[100][];
    for (int i = 0; i < names.length; i++) {
      String[] given =
          i < 5 ? new String[] {"hans", "peter"} : new String[] {i < 10 ? "hans" : "x" + i};
      given = i == 10 || i == 11 ? new String[] {"klaus", "otto"} : given;
      names[i] = Arrays.copyOf(given, given.length + 1);
      names[i][given.length] = "family" + i;
    }
    return names;
  }

  @Test
  void theSecondWordOfACompoundWeighsByHowOftenItFollowsTheFirst() {
    String[][] names = names();
    byte[][] roles = new byte[names.length][];
    for (int i = 0; i < roles.length; i++) {
      roles[i] =
          names[i].length == 3 ? new byte[] {GIVEN, GIVEN, FAMILY} : new byte[] {GIVEN, FAMILY};
    }
    WordBags bags = WordBags.of(names, 0.001, 50, null);
    float[][] following = CompoundNames.following(bags, roles);
    assertThat(following[0][1]).isCloseTo((float) Math.log(0.5), within(1e-6f));
    assertThat(following[0][0]).isEqualTo(bags.logFrequency[bags.bags[0][0]]);
    assertThat(following[0][2]).isEqualTo(bags.logFrequency[bags.bags[0][2]]);
    assertThat(following[7]).as("no compound").isNull();
    assertThat(following[10]).as("two records may be one person's").isNull();
  }
}
