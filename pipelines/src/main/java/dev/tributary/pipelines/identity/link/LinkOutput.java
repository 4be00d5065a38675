package dev.tributary.pipelines.identity.link;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.identity.csv.CsvFile;
import dev.tributary.pipelines.identity.matching.Linkage;
import dev.tributary.pipelines.identity.matching.MatchModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what a linkage came to: {@code assignments.csv}, {@code links.csv}, {@code model.json} and
 * {@code model.html}. A file is there as a whole or not at all.
 */
public final class LinkOutput {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LOG_2 = Math.log(2);

  private final Path directory;
  private final Linkage linkage;

  private LinkOutput(Path directory, Linkage linkage) {
    this.directory = directory;
    this.linkage = linkage;
  }

  /** Refuses a directory that cannot be made, so that nothing is computed that cannot be kept. */
  public static void check(Path directory) {
    Path there = directory.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
      throw LinkErrors.unwritable(
          directory, new IOException("'" + there + "' is no directory that can be written to"));
    }
  }

  /** Writes the files into the directory, which is made when it is missing. */
  public static void write(Linkage linkage, Path directory) {
    LinkOutput output = new LinkOutput(directory, linkage);
    try {
      Files.createDirectories(directory);
      output.file("assignments.csv", output::assignments);
      output.file("links.csv", output::links);
      output.file("model.json", writer -> writer.write(output.model()));
      output.file("model.html", writer -> writer.write(ModelPage.of(linkage)));
    } catch (IOException e) {
      throw LinkErrors.unwritable(directory, e);
    }
  }

  private interface Content {
    void write(BufferedWriter writer) throws IOException;
  }

  private void file(String name, Content content) throws IOException {
    Path part = directory.resolve("." + name + ".part");
    try (BufferedWriter writer = Files.newBufferedWriter(part)) {
      content.write(writer);
    }
    Files.move(part, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A cluster is called after the first of its records. */
  private void assignments(BufferedWriter writer) throws IOException {
    writer.write("record_id,cluster_id,confidence\n");
    for (int[] members : linkage.clusters()) {
      String cluster = CsvFile.quoted(linkage.records().qualifiedId(members[0]));
      for (int record : members) {
        writer.write(CsvFile.quoted(linkage.records().qualifiedId(record)));
        writer.write("," + cluster + "," + number(linkage.confidence()[record]) + "\n");
      }
    }
  }

  private void links(BufferedWriter writer) throws IOException {
    writer.write("left_id,right_id,match_weight,match_probability,same_cluster\n");
    for (Linkage.Link link : linkage.links()) {
      writer.write(
          CsvFile.quoted(linkage.records().qualifiedId(link.left()))
              + ","
              + CsvFile.quoted(linkage.records().qualifiedId(link.right()))
              + ","
              + String.format(Locale.ROOT, "%.3f", link.weight() / LOG_2)
              + ","
              + number(link.probability())
              + ","
              + link.together()
              + "\n");
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private String model() throws IOException {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("match_probability", linkage.model().matchProbability());
    model.put("relative_probability", linkage.model().relativeProbability());
    model.put("moving", linkage.model().moving());
    model.put("columns", linkage.kinds());
    model.put("left_out", linkage.leftOut());
    model.put("one_to_one", linkage.oneToOne());
    List<MatchModel.Parameters> attributes = linkage.model().attributes();
    model.put("attributes", attributes);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model) + "\n";
  }
}
