package dev.tributary.pipelines.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** How far the last batch of the one stream of a lake had come, told from its files. */
final class LandedState {
  private final Path lake;
  private final Configuration hadoop = new Configuration();

  LandedState(Path lake) {
    this.lake = lake;
  }

  /** The manifests that stand. */
  List<Path> manifests() {
    return find(lake.resolve("_landing"), ".json");
  }

  /** In words. */
  String describe() throws IOException {
    Path checkpoint = lake.resolve("_checkpoints/landing");
    long planned = newest(checkpoint.resolve("offsets")).orElse(-1);
    long done = newest(checkpoint.resolve("commits")).orElse(-1);
    if (planned == done) {
      return planned < 0 ? "no batch yet" : "between two batches";
    }
    List<BatchManifest> manifests = new Manifests(lake.toString(), hadoop).all();
    DeltaTables tables = new DeltaTables(lake.toString(), hadoop);
    if (manifests.isEmpty()) {
      String prefix = "part-%05d-".formatted(planned);
      boolean landed = ledgerHolds(tables, planned);
      boolean files =
          find(lake.resolve("silver"), ".parquet").stream().anyMatch(f -> starts(f, prefix));
      return landed
          ? "landed, unknown to the checkpoint"
          : files ? "files without a manifest" : "planned, nothing written";
    }
    return describe(tables, manifests.get(0));
  }

  private static String describe(DeltaTables tables, BatchManifest manifest) {
    List<String> wanted = manifest.files().stream().map(WrittenFile::table).distinct().toList();
    long committed =
        wanted.stream()
            .filter(
                table ->
                    tables.committed(table, manifest.application()).orElse(-1L) >= manifest.batch())
            .count();
    if (committed == 0) {
      return "manifest, no commit";
    }
    return committed == wanted.size()
        ? "manifest, everything committed"
        : committed == wanted.size() - 1
            ? "manifest, all but the ledger"
            : "manifest, some commits";
  }

  private boolean ledgerHolds(DeltaTables tables, long batch) throws IOException {
    Path metadata = lake.resolve("_checkpoints/landing/metadata");
    String id = Files.readString(metadata).replaceAll(".*\"id\":\"([^\"]+)\".*", "$1").strip();
    return tables.committed(FixedTables.BATCHES.name(), "landing-landing-" + id).orElse(-1L)
        >= batch;
  }

  private static boolean starts(Path file, String prefix) {
    return file.getFileName().toString().startsWith(prefix);
  }

  private static OptionalLong newest(Path log) {
    String[] names = log.toFile().list((dir, name) -> name.matches("[0-9]+"));
    return names == null ? OptionalLong.empty() : Stream.of(names).mapToLong(Long::parseLong).max();
  }

  private static List<Path> find(Path directory, String ending) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(f -> f.toString().endsWith(ending) && !starts(f, ".")).toList();
    } catch (NoSuchFileException e) {
      return List.of(); // gone while it was looked at
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return List.of();
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
