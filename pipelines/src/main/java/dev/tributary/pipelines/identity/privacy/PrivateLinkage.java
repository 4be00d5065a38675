package dev.tributary.pipelines.identity.privacy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Private linkage from files to files: {@link #encode} by each data holder with the shared key,
 * {@link #link} by a linkage unit without it.
 */
public final class PrivateLinkage {
  private PrivateLinkage() {}

  /**
   * The configuration for a table.
   *
   * @param config YAML; without it everything is inferred from the columns
   */
  public static EncodingConfig configure(Path input, Optional<Path> config) {
    CsvTable table = CsvTable.read(input);
    return configure(table, config);
  }

  private static EncodingConfig configure(CsvTable table, Optional<Path> config) {
    return config
        .map(file -> new ConfigReader(file, table).read())
        .orElseGet(() -> ConfigInference.of(table));
  }

  /**
   * Encodes a CSV file.
   *
   * @param config YAML; without it everything is inferred from the columns
   * @param saveConfig where to write the whole configuration, for the partner
   */
  public static Encoded encode(
      Path input, Optional<Path> config, Path keyFile, Path output, Optional<Path> saveConfig) {
    LinkageKey key = LinkageKey.read(keyFile);
    CsvTable table = CsvTable.read(input);
    EncodingConfig settings = configure(table, config);
    saveConfig.ifPresent(file -> PrivacyFiles.write(file, settings.toYaml()));
    EncodedTable encoded = new TableEncoder(key, settings).encode(table, "");
    EncodedFile.write(encoded, output);
    long blocked = encoded.records().stream().filter(record -> record.passes().length > 0).count();
    return new Encoded(encoded.records().size(), blocked, key.fingerprint(), settings);
  }

  /**
   * What was encoded.
   *
   * @param blocked records that have a blocking key and so can be linked at all
   */
  public record Encoded(int records, long blocked, String keyId, EncodingConfig config) {}

  /**
   * Links two encoded files one-to-one, or finds the duplicates within one, and writes {@code
   * assignments.csv} and {@code links.csv}.
   */
  public static Linkage link(Path left, Optional<Path> right, Path output) {
    EncodedTable first = EncodedFile.read(left);
    Optional<EncodedTable> second = right.map(EncodedFile::read);
    second.ifPresent(table -> PrivateLinker.requireComparable(left, first, right.get(), table));
    Optional<EncodedTable> named =
        second.map(
            table -> table.name().equals(first.name()) ? table.named(table.name() + "-2") : table);
    Linkage linkage = PrivateLinker.link(first, named);
    linkage.write(output);
    return linkage;
  }
}
