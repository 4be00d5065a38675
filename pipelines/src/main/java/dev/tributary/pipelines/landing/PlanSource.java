package dev.tributary.pipelines.landing;

import dev.tributary.schemas.plan.TrackingPlan;
import dev.tributary.schemas.registry.LoadReport;
import dev.tributary.schemas.registry.Refusal;
import dev.tributary.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The schema directories and the tracking plan as they are now. Asked before every batch, so that a
 * version placed while the stream runs takes effect with the next one; files are read again only
 * when a size or time below the directories has changed. A file that is refused while the stream
 * runs is reported and left out; what was in force stays.
 */
final class PlanSource {
  private final List<Path> directories;
  private final Path trackingPlan;
  private final Consumer<Refusal> refusals;
  private String stamp = "";
  private PlanDocuments documents;

  /**
   * @param refusals told of every file that cannot be taken while the stream runs
   */
  PlanSource(List<Path> directories, Path trackingPlan, Consumer<Refusal> refusals) {
    this.directories = List.copyOf(directories);
    this.trackingPlan = trackingPlan;
    this.refusals = refusals;
  }

  /**
   * What is in force.
   *
   * @throws dev.tributary.pipelines.job.JobException at the first call, for any file that must be
   *     refused
   */
  PlanDocuments current() throws IOException {
    String now = stamp();
    if (documents == null) {
      LoadReport report = load();
      if (!report.refusals().isEmpty()) {
        throw LandingErrors.refused(report.refusals());
      }
      documents = documents(report.registry());
    } else if (!now.equals(stamp)) {
      LoadReport report = load();
      report.refusals().forEach(refusals);
      documents = documents(report.registry());
    }
    stamp = now;
    return documents;
  }

  private LoadReport load() {
    return SchemaRegistry.load(directories.toArray(Path[]::new));
  }

  private PlanDocuments documents(SchemaRegistry registry) throws IOException {
    String plan = Files.readString(trackingPlan);
    TrackingPlan.parse(trackingPlan.toString(), plan).verify(registry);
    TreeMap<String, String> schemas = new TreeMap<>();
    registry.all().forEach(s -> schemas.put(s.key().uri(), s.document().toString()));
    return new PlanDocuments(sha256(registry.fingerprint() + "\n" + plan), schemas, plan);
  }

  private String stamp() throws IOException {
    StringBuilder stamp = new StringBuilder().append(Files.getLastModifiedTime(trackingPlan));
    for (Path directory : directories) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          stamp.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
        }
      }
    }
    return sha256(stamp.toString());
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
