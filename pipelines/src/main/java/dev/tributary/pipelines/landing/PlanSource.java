package dev.tributary.pipelines.landing;

import dev.tributary.schemas.plan.TrackingPlan;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.LoadReport;
import dev.tributary.schemas.registry.Refusal;
import dev.tributary.schemas.registry.RegistryException;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.yaml.YamlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schema directories and the tracking plan as they are now. Asked before every batch, so that a
 * version placed while the stream runs takes effect with the next one; files are read again only
 * when a size or time below the directories has changed. What cannot be taken while the stream runs
 * is reported and left out: a schema that was in force stays as it was when its file breaks, and so
 * does the tracking plan.
 */
final class PlanSource {
  private final List<Path> directories;
  private final Path trackingPlan;
  private final Consumer<String> refusals;
  private String stamp = "";
  private PlanDocuments documents;
  private SchemaRegistry inForce;

  /**
   * @param refusals told, in words, of everything that cannot be taken while the stream runs
   */
  PlanSource(List<Path> directories, Path trackingPlan, Consumer<String> refusals) {
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
    if (documents == null) {
      String now = stamp();
      LoadReport report = load();
      if (!report.refusals().isEmpty()) {
        throw LandingErrors.refused(report.refusals());
      }
      take(report.registry());
      stamp = now;
    } else {
      refresh();
    }
    return documents;
  }

  private void refresh() {
    try {
      String now = stamp();
      if (now.equals(stamp)) {
        return;
      }
      stamp = now;
      LoadReport report = load();
      report.refusals().forEach(refusal -> refusals.accept(refusal.describe()));
      take(withBrokenAsTheyWere(report));
    } catch (IOException
        | UncheckedIOException
        | YamlException
        | RegistryException
        | IllegalArgumentException e) {
      refusals.accept(e.getMessage());
    }
  }

  private LoadReport load() {
    return SchemaRegistry.load(directories.toArray(Path[]::new));
  }

  /** The registry with the schemas whose files are refused now as they were before. */
  private SchemaRegistry withBrokenAsTheyWere(LoadReport report) {
    Set<Path> broken =
        report.refusals().stream().map(Refusal::file).collect(Collectors.toUnmodifiableSet());
    List<EventSchema> kept =
        inForce.all().stream().filter(schema -> broken.contains(schema.file())).toList();
    if (kept.isEmpty()) {
      return report.registry();
    }
    List<EventSchema> schemas = new ArrayList<>(kept);
    schemas.addAll(report.registry().all());
    return SchemaRegistry.of(schemas);
  }

  private void take(SchemaRegistry registry) throws IOException {
    String plan = Files.readString(trackingPlan);
    TrackingPlan.parse(trackingPlan.toString(), plan).verify(registry);
    TreeMap<String, String> schemas = new TreeMap<>();
    registry.all().forEach(s -> schemas.put(s.key().uri(), s.document().toString()));
    documents = new PlanDocuments(sha256(registry.fingerprint() + "\n" + plan), schemas, plan);
    inForce = registry;
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
