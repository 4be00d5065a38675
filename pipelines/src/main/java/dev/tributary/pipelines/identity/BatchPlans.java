package dev.tributary.pipelines.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.store.WriteOnce;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * The plan of the batch at work, {@code <lake>/_identity/plan.json}: written whole or not at all,
 * removed once the cursor holds its batch.
 */
final class BatchPlans {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final Configuration hadoop;

  BatchPlans(String lake, Configuration hadoop) {
    this.path = new Path(new Path(lake, "_identity"), "plan.json");
    this.hadoop = hadoop;
  }

  /** The plan that stands, of a batch that was killed or is at work. */
  Optional<BatchPlan> standing() throws IOException {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Optional.of(JSON.readValue(in.readAllBytes(), BatchPlan.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Writes a plan; where another run was quicker, its plan is the one to follow. */
  BatchPlan begin(BatchPlan plan) throws IOException {
    try {
      WriteOnce.write(path, JSON.writeValueAsBytes(plan), hadoop);
      return plan;
    } catch (FileAlreadyExistsException e) {
      return standing().orElseThrow(() -> e);
    }
  }

  void end() throws IOException {
    path.getFileSystem(hadoop).delete(path, false);
  }
}
