package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.csv.CsvFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What private linkage found.
 *
 * @param links pairs judged to be one person, best first
 * @param assignments every record with its cluster, in the order of the tables
 * @param candidatePairs pairs that were compared
 * @param threshold least match probability of a link, [0, 1]
 * @param expectedF1 F1 that the model expects of the links, [0, 1]; no labels were used
 */
public record Linkage(
    List<Link> links,
    List<Assignment> assignments,
    long candidatePairs,
    double threshold,
    double expectedF1) {
  public Linkage {
    links = List.copyOf(links);
    assignments = List.copyOf(assignments);
  }

  /**
   * Two records of one person.
   *
   * @param confidence the probability that they are, (0, 1]
   */
  public record Link(String left, String right, double confidence) {}

  /**
   * A record's cluster, named after its first record.
   *
   * @param confidence of its best link within the cluster; 1 for a record alone
   */
  public record Assignment(String record, String cluster, double confidence) {}

  /** Writes {@code assignments.csv} and {@code links.csv}. */
  void write(Path directory) {
    StringBuilder text = new StringBuilder("record_id,cluster_id,confidence\n");
    for (Assignment assignment : assignments) {
      line(text, assignment.record(), assignment.cluster(), assignment.confidence());
    }
    PrivacyFiles.write(directory.resolve("assignments.csv"), text.toString());
    text = new StringBuilder("left_id,right_id,confidence\n");
    for (Link link : links) {
      line(text, link.left(), link.right(), link.confidence());
    }
    PrivacyFiles.write(directory.resolve("links.csv"), text.toString());
  }

  private static void line(StringBuilder text, String first, String second, double confidence) {
    text.append(CsvFile.quoted(first)).append(',').append(CsvFile.quoted(second)).append(',');
    text.append(String.format(Locale.ROOT, "%.6f", confidence)).append('\n');
  }
}
