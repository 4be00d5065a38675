package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that nobody should have sent: a stated result or an error, in bounded time. */
@Timeout(300)
class BadRecordsTest {
  private static final List<String> COLUMNS = List.of("first_name", "surname", "email");

  private static RecordSet records(int size, List<String> columns, IntFunction<String[]> values) {
    RecordSet.Builder builder = new RecordSet.Builder(columns);
    for (int i = 0; i < size; i++) {
      builder.add("s", Integer.toString(i), values.apply(i));
    }
    return builder.build();
  }

  private static Linkage link(RecordSet records) {
    return Linker.link(records, LinkConfig.inferred(), message -> {});
  }

  private static String word(Random random, int length) {
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int largest(Linkage linkage) {
    return linkage.clusters().stream().mapToInt(members -> members.length).max().orElseThrow();
  }

  @Test
  void recordsThatAreAllEqualAreAnErrorThatNamesTheColumns() {
    String[] same = {"ada", "lovelace", "ada@x.org"};
    assertThatThrownBy(() -> link(records(500, COLUMNS, i -> same)))
        .isInstanceOf(MatchingException.class)
        .hasMessageContaining("first_name is the same everywhere")
        .hasMessageContaining("email is the same everywhere");
  }

  @Test
  void emptyAndConstantColumnsAreLeftOutAndSaidToBe() {
    Random random = new Random(5);
    List<String> columns = List.of("nothing", "constant", "surname", "dob");
    Linkage linkage =
        link(
            records(
                200,
                columns,
                i ->
                    new String[] {
                      "", "x", word(random, 7), "19%02d-03-%02d".formatted(i % 90, 1 + i % 28)
                    }));
    assertThat(linkage.leftOut())
        .containsExactlyInAnyOrder("nothing is empty", "constant is the same everywhere");
    assertThat(linkage.kinds()).containsOnlyKeys("surname", "dob");
    assertThat(linkage.clusters()).hasSize(200);
  }

  @Test
  void aColumnOfMixedTypesIsComparedAndJoinsNobodyByItself() {
    String[] values = {"1980-01-02", "n/a", "12/13/1990", "?", "true", "3.5e9", "NaN", "", "1e400"};
    Random random = new Random(6);
    List<String> columns = List.of("dob", "age", "surname");
    Linkage linkage =
        link(
            records(
                1_000,
                columns,
                i ->
                    new String[] {
                      values[random.nextInt(values.length)],
                      values[random.nextInt(values.length)],
                      word(random, 6)
                    }));
    assertThat(linkage.kinds()).containsKeys("dob", "surname");
    assertThat(largest(linkage)).isLessThanOrEqualTo(2);
  }

  @Test
  void columnsOfADifferentValueEachAreLeftOut() {
    Random random = new Random(7);
    List<String> columns = List.of("token", "surname");
    Linkage linkage =
        link(records(3_000, columns, i -> new String[] {word(random, 30) + i, word(random, 3)}));
    assertThat(linkage.leftOut()).containsExactly("token has a different value in every record");
    assertThat(linkage.clusters()).hasSizeGreaterThan(2_900);
  }

  @Test
  void aPlaceholderThatManyShareJoinsNobody() {
    Random random = new Random(8);
    String[] given =
        random.ints(400).mapToObj(i -> word(random, 6)).limit(400).toArray(String[]::new);
    int size = 30_000;
    Linkage linkage =
        link(
            records(
                size,
                COLUMNS,
                i ->
                    new String[] {
                      given[random.nextInt(given.length)],
                      word(random, 8),
                      i % 10 == 0 ? word(random, 9) + "@x.org" : "test@test.com"
                    }));
    assertThat(largest(linkage)).isEqualTo(1);
    assertThat(linkage.candidatePairs())
        .as("blocks are bounded")
        .isLessThan((long) size * Blocking.BOUND);
  }
}
