package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Public sample data beside the project, in the folder that {@code tributary.data} names. */
final class SampleData {
  static final ObjectMapper JSON = new ObjectMapper();

  private SampleData() {}

  /** A folder or file, or the test is skipped with a message. */
  static Path path(String name) {
    Path path = Path.of(System.getProperty("tributary.data", "../shared/data"), name);
    if (!Files.exists(path)) {
      String message = "skipped: no " + path + " (set -Dtributary.data)";
      System.out.println(message);
      Assumptions.abort(message);
    }
    return path.toAbsolutePath();
  }

  static List<JsonNode> lines(String name) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (String line : Files.readAllLines(path(name))) {
      documents.add(JSON.readTree(line));
    }
    return documents;
  }
}
