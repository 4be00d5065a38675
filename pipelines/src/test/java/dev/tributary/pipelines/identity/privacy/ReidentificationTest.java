package dev.tributary.pipelines.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.privacy.EncodedTable.EncodedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Attacks of a linkage unit that has an encoded table and knows the people in it from elsewhere, in
 * the worst case the very table in plain text, but not the key.
 */
class ReidentificationTest {
  private static final LinkageKey KEY = LinkageKey.of("attacked");
  private static final List<String> FIELDS = List.of("given_name", "surname", "suburb", "postcode");

  private static IdentityData data;
  private static EncodingConfig config;
  private static EncodedTable plain;
  private static EncodedTable hardened;

  @BeforeAll
  static void encode() {
    data = IdentityData.febrl("dataset4a.csv");
    config = ConfigInference.of(data.table());
    plain = new TableEncoder(KEY, config.with(Hardening.NONE)).encode(data.table(), "a");
    hardened = new TableEncoder(KEY, config).encode(data.table(), "a");
  }

  /**
   * Alignment by frequency (Kuzu et al. 2011; Christen et al. 2017): the encodings of a field and
   * the known values are both ranked by how often they occur, and equal ranks are guessed to be
   * equal.
   */
  @Test
  void frequenciesTellNamesOfPlainFiltersButNotOfHardenedOnes() {
    for (String field : FIELDS) {
      double constant = mostCommonShare(data.table(), config, field);
      double ofPlain = aligned(plain, data.table(), config, field);
      double ofHardened = aligned(hardened, data.table(), config, field);
      System.out.printf(
          "frequency attack on %s: %.2f%% of the values of plain filters found, %.2f%% of hardened"
              + " ones; always guessing the most common one finds %.2f%%%n",
          field, 100 * ofPlain, 100 * ofHardened, 100 * constant);
      assertThat(ofPlain).isGreaterThan(3 * ofHardened);
      assertThat(ofHardened).isLessThan(Math.max(constant, 0.01));
    }
  }

  private static double aligned(
      EncodedTable encoded, CsvTable table, EncodingConfig config, String field) {
    int f = fieldIndex(config, field);
    int width = encoded.hardening().words();
    List<String> codes = new ArrayList<>();
    for (EncodedRecord record : encoded.records()) {
      boolean present = (record.present() >>> f & 1) == 1 && record.words().length > 0;
      long[] words = Arrays.copyOfRange(record.words(), f * width, (f + 1) * width);
      codes.add(present ? Arrays.toString(words) : "");
    }
    List<String> values = normal(table, config, f);
    Map<String, String> guess = alignment(codes, values);
    return agreement(codes, values, guess);
  }

  /** Guesses by rank of frequency; ranks of equal frequency by what is at hand, the text itself. */
  private static Map<String, String> alignment(List<String> codes, List<String> values) {
    List<String> rankedCodes = ranked(codes);
    List<String> rankedValues = ranked(values);
    Map<String, String> guess = new HashMap<>();
    for (int i = 0; i < Math.min(rankedCodes.size(), rankedValues.size()); i++) {
      guess.put(rankedCodes.get(i), rankedValues.get(i));
    }
    return guess;
  }

  private static List<String> ranked(List<String> items) {
    Map<String, Long> counts =
        items.stream()
            .filter(item -> !item.isEmpty())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double agreement(
      List<String> codes, List<String> values, Map<String, String> guess) {
    int right = 0;
    int known = 0;
    for (int i = 0; i < codes.size(); i++) {
      if (!codes.get(i).isEmpty() && !values.get(i).isEmpty()) {
        known++;
        right += values.get(i).equals(guess.get(codes.get(i))) ? 1 : 0;
      }
    }
    return right / (double) known;
  }

  private static double mostCommonShare(CsvTable table, EncodingConfig config, String field) {
    List<String> values = normal(table, config, fieldIndex(config, field));
    String most = ranked(values).get(0);
    double present = values.stream().filter(value -> !value.isEmpty()).count();
    return values.stream().filter(most::equals).count() / present;
  }

  /** Alignment of blocking keys by frequency, the only equalities that hardened tables show. */
  @Test
  void frequenciesOfBlockingKeysTellAlmostNobody() {
    double worst = 0;
    for (int pass = 0; pass < config.passes().size(); pass++) {
      List<String> codes = blockCodes(hardened, pass);
      List<String> keys = plainKeys(data.table(), config, pass);
      double found = agreement(codes, keys, alignment(codes, keys));
      worst = Math.max(worst, found);
    }
    System.out.printf(
        "frequency attack on blocking keys: at most %.2f%% of the records' keys found in a pass%n",
        100 * worst);
    assertThat(worst).isLessThan(0.02);
  }

  /**
   * Matching of structure, after the graph-matching attacks (Vidanage et al. 2020): a record is
   * known by how many records share each of its blocking keys. An attacker with the very table
   * finds those whose combination is unique; one with a table of the same people, with errors as
   * they are between sources, hardly any.
   */
  @Test
  void structureOfBlocksTellsWhoKnowsTheVeryTableOnly() {
    IdentityData others = IdentityData.febrl("dataset4b.csv");
    double exact = structural(hardened, data, data, config);
    double other = structural(hardened, data, others, config);
    System.out.printf(
        "structure attack: %.2f%% of the records found with the very table, %.2f%% with another"
            + " table of the same people%n",
        100 * exact, 100 * other);
    assertThat(other).isLessThan(0.01);
  }

  private static double structural(
      EncodedTable encoded, IdentityData attacked, IdentityData known, EncodingConfig config) {
    List<String> codes = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (int pass = 0; pass < config.passes().size(); pass++) {
      append(codes, sizes(blockCodes(encoded, pass)));
      append(plain, sizes(plainKeys(known.table(), config, pass)));
    }
    Map<String, List<Integer>> candidates = new HashMap<>();
    for (int i = 0; i < plain.size(); i++) {
      candidates.computeIfAbsent(plain.get(i), key -> new ArrayList<>()).add(i);
    }
    Map<String, Long> signatures =
        codes.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    int right = 0;
    for (int i = 0; i < codes.size(); i++) {
      List<Integer> found = candidates.getOrDefault(codes.get(i), List.of());
      if (found.size() == 1 && signatures.get(codes.get(i)) == 1) {
        String guessed = known.truth().get(known.table().rows().get(found.get(0))[0]);
        String actual = attacked.truth().get(attacked.table().rows().get(i)[0]);
        right += guessed.equals(actual) ? 1 : 0;
      }
    }
    return right / (double) codes.size();
  }

  private static void append(List<String> signatures, List<Long> sizes) {
    for (int i = 0; i < sizes.size(); i++) {
      if (signatures.size() < sizes.size()) {
        signatures.add("" + sizes.get(i));
      } else {
        signatures.set(i, signatures.get(i) + "," + sizes.get(i));
      }
    }
  }

  private static List<Long> sizes(List<String> keys) {
    Map<String, Long> counts =
        keys.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return keys.stream().map(key -> key.isEmpty() ? 0L : counts.get(key)).toList();
  }

  private static List<String> blockCodes(EncodedTable encoded, int pass) {
    List<String> codes = new ArrayList<>();
    for (EncodedRecord record : encoded.records()) {
      String code = "";
      for (int k = 0; k < record.passes().length; k++) {
        if (record.passes()[k] == pass) {
          code = Long.toHexString(record.blocks()[k]);
        }
      }
      codes.add(code);
    }
    return codes;
  }

  private static List<String> plainKeys(CsvTable table, EncodingConfig config, int pass) {
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      String[] values = new String[config.fields().size()];
      for (int f = 0; f < values.length; f++) {
        Field field = config.fields().get(f);
        values[f] = Values.normal(field.kind(), table.rows().get(row)[table.index(field.column())]);
      }
      keys.add(config.passes().get(pass).key(config.fields(), values).orElse(""));
    }
    return keys;
  }

  /** Frequent q-grams show as frequent bits of plain filters; every hardened bit is a fair coin. */
  @Test
  void noBitOfAHardenedFieldIsMoreFrequentThanAnother() {
    int f = fieldIndex(config, "surname");
    double spreadOfPlain = spread(plain, f);
    double spreadOfHardened = spread(hardened, f);
    System.out.printf(
        "pattern mining: most and least frequent bit of 'surname' are set in shares %.3f apart in"
            + " plain filters, %.3f in hardened ones%n",
        spreadOfPlain, spreadOfHardened);
    assertThat(spreadOfPlain).isGreaterThan(0.2);
    assertThat(spreadOfHardened).isLessThan(0.06);
  }

  private static double spread(EncodedTable encoded, int field) {
    int width = encoded.hardening().words();
    int[] set = new int[64 * width];
    int n = 0;
    for (EncodedRecord record : encoded.records()) {
      if ((record.present() >>> field & 1) == 1 && record.words().length > 0) {
        n++;
        for (int bit = 0; bit < set.length; bit++) {
          set[bit] += (int) (record.words()[field * width + (bit >> 6)] >>> bit & 1);
        }
      }
    }
    return (Arrays.stream(set).max().orElseThrow() - Arrays.stream(set).min().orElseThrow())
        / (double) n;
  }

  private static int fieldIndex(EncodingConfig config, String name) {
    return config.fields().stream().map(Field::name).toList().indexOf(name);
  }

  private static List<String> normal(CsvTable table, EncodingConfig config, int field) {
    Field of = config.fields().get(field);
    int column = table.index(of.column());
    return table.rows().stream().map(row -> Values.normal(of.kind(), row[column])).toList();
  }
}
