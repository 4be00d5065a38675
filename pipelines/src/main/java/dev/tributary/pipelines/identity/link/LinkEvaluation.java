package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.csv.CsvFile;
import dev.tributary.pipelines.identity.matching.ClusterEvaluation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Assignments held against a truth. A record of the truth that has no assignment counts as alone;
 * one that the truth does not know is left out.
 *
 * @param evaluation over the records of the truth
 * @param missing records of the truth without an assignment
 * @param unknown assigned records that the truth does not know
 */
public record LinkEvaluation(ClusterEvaluation evaluation, long missing, long unknown) {

  /**
   * Compares {@code assignments.csv} of a directory, or a file of that form, with a truth.
   *
   * @param pairs whether the truth lists pairs of ids that are one, rather than clusters
   */
  public static LinkEvaluation of(Path assignments, Path truth, boolean pairs) {
    Path file =
        Files.isDirectory(assignments) ? assignments.resolve("assignments.csv") : assignments;
    Map<String, String> found = clusters(file);
    Map<String, String> known = pairs ? closed(truth, found) : clusters(truth);
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    long missing = 0;
    for (Map.Entry<String, String> record : known.entrySet()) {
      String cluster = found.get(record.getKey());
      missing += cluster == null ? 1 : 0;
      left.add(cluster == null ? "\0" + record.getKey() : cluster);
      right.add(record.getValue());
    }
    long unknown = found.keySet().stream().filter(id -> !known.containsKey(id)).count();
    return new LinkEvaluation(ClusterEvaluation.of(left, right), missing, unknown);
  }

  private static Map<String, String> clusters(Path file) {
    Map<String, String> clusters = new LinkedHashMap<>();
    CsvFile.read(
        file,
        new CsvFile.Sink() {
          private int id;
          private int cluster;

          @Override
          public void header(List<String> columns) {
            id = Math.max(0, columns.indexOf("record_id"));
            cluster = columns.indexOf("cluster_id");
            if (cluster < 0) {
              cluster = columns.indexOf("cluster");
            }
            if (cluster < 0 && columns.size() == 2) {
              cluster = 1 - id;
            }
            if (cluster < 0 || cluster == id) {
              throw LinkErrors.badTruth(file);
            }
          }

          @Override
          public void row(long number, String[] values) {
            if (values[id] == null || values[cluster] == null) {
              throw LinkErrors.badTruth(file);
            }
            clusters.put(values[id], values[cluster]);
          }
        });
    return clusters;
  }

  /** The clusters that pairs come to, with every assigned record that is in no pair alone. */
  private static Map<String, String> closed(Path file, Map<String, String> found) {
    Map<String, String> parent = new HashMap<>();
    found.keySet().forEach(id -> parent.put(id, id));
    CsvFile.read(
        file,
        new PairRows(
            () -> LinkErrors.badTruth(file),
            (number, values) -> {
              if (values[0] == null || values[1] == null) {
                throw LinkErrors.badTruth(file);
              }
              String left = root(parent, values[0]);
              String right = root(parent, values[1]);
              boolean ordered = left.compareTo(right) < 0;
              parent.put(ordered ? right : left, ordered ? left : right);
            }));
    Map<String, String> clusters = new LinkedHashMap<>();
    parent.keySet().stream().sorted().forEach(id -> clusters.put(id, root(parent, id)));
    return clusters;
  }

  private static String root(Map<String, String> parent, String id) {
    String at = id;
    while (!parent.computeIfAbsent(at, added -> added).equals(at)) {
      at = parent.get(at);
    }
    return at;
  }
}
