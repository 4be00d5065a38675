package dev.tributary.pipelines.identity.privacy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Labelled tables that are not part of the project; labels are used for scores only. */
record IdentityData(CsvTable table, Map<String, String> truth) {
  static IdentityData febrl(String file) {
    CsvTable table = read("febrl/" + file);
    Map<String, String> truth = new HashMap<>();
    table.rows().forEach(row -> truth.put(row[0], row[0].split("-")[1]));
    return new IdentityData(table, truth);
  }

  /** The first rows of a table with a column {@code cluster}, which is dropped. */
  static IdentityData clustered(String file, int rows) {
    CsvTable all = read(file);
    CsvTable first =
        new CsvTable(
            all.file(), all.columns(), all.rows().subList(0, Math.min(rows, all.rows().size())));
    Map<String, String> truth = new HashMap<>();
    int cluster = all.index("cluster");
    first.rows().forEach(row -> truth.put(row[all.index("unique_id")], row[cluster]));
    return new IdentityData(first.without(Set.of("cluster")), truth);
  }

  private static CsvTable read(String name) {
    Path file = Path.of(System.getProperty("tributary.data", "absent"), "identity", name);
    assumeTrue(Files.exists(file), () -> "skipped: " + file + " is missing");
    return CsvTable.read(file);
  }

  /** Pairwise precision, recall and F1 of clusters. */
  record Score(double precision, double recall) {
    double f1() {
      return 2 * precision * recall / (precision + recall);
    }

    @Override
    public String toString() {
      return "F1 %.5f (precision %.5f, recall %.5f)".formatted(f1(), precision, recall);
    }
  }

  /**
   * @param truth entity of each record id as it stands in the linkage
   */
  static Score score(Linkage linkage, Map<String, String> truth, long truePairs) {
    Map<String, List<String>> clusters = new HashMap<>();
    linkage
        .assignments()
        .forEach(
            a ->
                clusters
                    .computeIfAbsent(a.cluster(), key -> new ArrayList<>())
                    .add(truth.get(a.record())));
    long found = clusters.values().stream().mapToLong(c -> pairs(c.size())).sum();
    long right = clusters.values().stream().mapToLong(IdentityData::truePairs).sum();
    return new Score(right / (double) found, right / (double) truePairs);
  }

  static long truePairs(Collection<String> entities) {
    Map<String, Long> sizes = new HashMap<>();
    entities.forEach(entity -> sizes.merge(entity, 1L, Long::sum));
    return sizes.values().stream().mapToLong(IdentityData::pairs).sum();
  }

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }
}
