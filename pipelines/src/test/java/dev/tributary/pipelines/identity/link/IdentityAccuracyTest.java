package dev.tributary.pipelines.identity.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.pipelines.identity.csv.CsvFile;
import dev.tributary.pipelines.identity.matching.ClusterEvaluation;
import dev.tributary.pipelines.identity.matching.LinkConfig;
import dev.tributary.pipelines.identity.matching.Linkage;
import dev.tributary.pipelines.identity.matching.Linker;
import dev.tributary.pipelines.identity.matching.RecordSet;
import dev.tributary.schemas.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Accuracy on public data, every column but those that tell the truth, kinds and threshold inferred
 * and the same for all; the figures are printed with the share of true pairs that blocking keeps.
 */
class IdentityAccuracyTest {
  private static final Path DATA =
      Path.of(System.getProperty("tributary.data", "../../shared/data")).resolve("identity");

  @BeforeEach
  void data() {
    boolean there = Files.isDirectory(DATA);
    if (!there) {
      System.out.println("skipped: no data in " + DATA);
    }
    assumeTrue(there, "no data in " + DATA);
  }

  @Test
  void historicalPersonsWithErrors() {
    ClusterEvaluation found =
        run(
            "ignore: [cluster]",
            Function.identity(),
            column("historical_50k/historical_50k.csv", "unique_id", "cluster"),
            "historical_50k/historical_50k.csv");
    assertThat(found.pairwiseF1()).isGreaterThan(0.965);
    assertThat(found.bCubedF1()).isGreaterThan(0.965);
  }

  @Test
  void febrl3IsFoundWithoutAnError() {
    ClusterEvaluation found =
        run("", IdentityAccuracyTest::febrlEntity, Map.of(), "febrl/dataset3.csv");
    assertThat(found.pairwiseF1()).isGreaterThan(0.9995);
  }

  @Test
  void febrl4IsFoundWithoutAnError() {
    ClusterEvaluation found =
        run(
            "",
            IdentityAccuracyTest::febrlEntity,
            Map.of(),
            "febrl/dataset4a.csv",
            "febrl/dataset4b.csv");
    assertThat(found.pairwiseF1()).isGreaterThan(0.9995);
  }

  @Test
  void twoBibliographies() {
    Map<String, String> entity = new HashMap<>();
    CsvFile.read(
        DATA.resolve("dblp_acm/DBLP-ACM_perfectMapping.csv"),
        rows((number, values) -> entity.put("ACM:" + values[1], "DBLP2:" + values[0])));
    ClusterEvaluation found =
        run(
            "",
            id -> entity.getOrDefault(id, id),
            Map.of(),
            "dblp_acm/DBLP2.csv",
            "dblp_acm/ACM.csv");
    assertThat(found.pairwiseF1()).isGreaterThan(0.985);
  }

  @Test
  void personsWithEmail() {
    ClusterEvaluation found =
        run(
            "ignore: [cluster]",
            Function.identity(),
            column("splink_fake1000/fake_1000.csv", "unique_id", "cluster"),
            "splink_fake1000/fake_1000.csv");
    assertThat(found.pairwiseF1()).isGreaterThan(0.97);
  }

  /** Made to trap: families at one address, fathers and sons, twins, a mailbox of an office. */
  @Test
  void fewSparseRecordsOfThreeSources() {
    Map<String, String> entity = new HashMap<>();
    CsvFile.read(
        DATA.resolve("senzing_truthset/actual_truthset_key.csv"),
        rows(
            (number, values) ->
                entity.put(values[2].toLowerCase(Locale.ROOT) + ":" + values[3], values[1])));
    ClusterEvaluation found =
        run(
            "id: RECORD_ID\nignore: [DATA_SOURCE]",
            entity::get,
            Map.of(),
            "senzing_truthset/customers.csv",
            "senzing_truthset/reference.csv",
            "senzing_truthset/watchlist.csv");
    assertThat(found.pairwiseF1()).isGreaterThan(0.92);
    assertThat(found.bCubedF1()).isGreaterThan(0.95);
  }

  private static String febrlEntity(String id) {
    return id.substring(id.indexOf("rec-")).split("-")[1];
  }

  private static ClusterEvaluation run(
      String yaml, Function<String, String> entity, Map<String, String> known, String... files) {
    LinkConfig config =
        yaml.isEmpty() ? LinkConfig.inferred() : LinkConfig.of(YamlNode.parse("config", yaml));
    List<Path> inputs = new ArrayList<>();
    for (String file : files) {
      inputs.add(DATA.resolve(file));
    }
    long started = System.nanoTime();
    RecordSet records = LinkInput.read(inputs, config, () -> null, note -> {});
    Linkage linkage = Linker.link(records, config, message -> {});
    double seconds = (System.nanoTime() - started) / 1e9;
    List<String> truth = new ArrayList<>();
    List<Integer> found = new ArrayList<>();
    int[] assignment = linkage.assignment();
    for (int i = 0; i < records.size(); i++) {
      String id = records.qualifiedId(i);
      truth.add(known.isEmpty() ? entity.apply(id) : known.get(id));
      found.add(assignment[i]);
    }
    ClusterEvaluation evaluation = ClusterEvaluation.of(found, truth);
    System.out.printf(
        Locale.ROOT,
        "%s: %d records, %d candidate pairs with %.4f of the true ones; pairwise P %.4f R %.4f F1"
            + " %.4f, B-cubed P %.4f R %.4f F1 %.4f; %.1f s%n",
        String.join(" + ", files),
        records.size(),
        linkage.candidatePairs(),
        ceiling(linkage, truth),
        evaluation.pairwisePrecision(),
        evaluation.pairwiseRecall(),
        evaluation.pairwiseF1(),
        evaluation.bCubedPrecision(),
        evaluation.bCubedRecall(),
        evaluation.bCubedF1(),
        seconds);
    return evaluation;
  }

  /** The share of true pairs among the candidates: what an oracle would make of them. */
  private static double ceiling(Linkage linkage, List<String> truth) {
    long[] among = {0};
    linkage
        .candidates()
        .forEach(
            0,
            truth.size(),
            (left, right) -> among[0] += truth.get(left).equals(truth.get(right)) ? 1 : 0);
    Map<String, Long> sizes = new HashMap<>();
    truth.forEach(entity -> sizes.merge(entity, 1L, Long::sum));
    return among[0] / sizes.values().stream().mapToDouble(n -> n * (n - 1.0) / 2).sum();
  }

  private static Map<String, String> column(String file, String key, String value) {
    Map<String, String> column = new HashMap<>();
    CsvFile.read(
        DATA.resolve(file),
        new CsvFile.Sink() {
          private int from;
          private int to;

          @Override
          public void header(List<String> columns) {
            from = columns.indexOf(key);
            to = columns.indexOf(value);
          }

          @Override
          public void row(long number, String[] values) {
            column.put(values[from], values[to]);
          }
        });
    return column;
  }

  private interface Row {
    void take(long number, String[] values);
  }

  private static CsvFile.Sink rows(Row row) {
    return new CsvFile.Sink() {
      @Override
      public void header(List<String> columns) {}

      @Override
      public void row(long number, String[] values) {
        row.take(number, values);
      }
    };
  }
}
