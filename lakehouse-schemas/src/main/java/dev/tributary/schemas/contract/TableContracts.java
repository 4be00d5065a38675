package dev.tributary.schemas.contract;

import dev.tributary.schemas.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The contracts that come with Tributary, each at its newest version. */
public final class TableContracts {
  private static final String ROOT = "/dev/tributary/schemas/contracts";

  private static final TableContract EVENT_ENVELOPE = bundled("event_envelope");
  private static final List<TableContract> ALL =
      List.of(
          bundled(RejectedColumns.TABLE),
          bundled(DuplicateColumns.TABLE),
          bundled(ActivityColumns.TABLE),
          bundled(JobRunColumns.TABLE),
          bundled(JobMetricColumns.TABLE),
          bundled(LandingBatchColumns.TABLE),
          bundled(IdentityEdgeColumns.TABLE),
          bundled(IdentityAssignmentColumns.TABLE),
          bundled(IdentityGroupColumns.TABLE),
          bundled(IdentityProfileColumns.TABLE),
          bundled(IdentityChangeColumns.TABLE),
          bundled(IdentityAliasColumns.TABLE),
          bundled(IdentityDropColumns.TABLE),
          bundled(IdentityExcludedColumns.TABLE),
          bundled(IdentityDecisionColumns.TABLE),
          bundled(IdentityHouseholdColumns.TABLE),
          bundled(IdentityMatchColumns.TABLE),
          bundled(IdentityModelColumns.TABLE),
          bundled(IdentityRecordColumns.TABLE),
          bundled(IdentityTraceColumns.TABLE),
          bundled(IdentityBatchColumns.TABLE),
          bundled(ConsentColumns.TABLE));

  private TableContracts() {}

  /** The fixed tables. */
  public static List<TableContract> all() {
    return ALL;
  }

  /** The fixed table of this name, e.g. {@code silver.activity}. */
  public static TableContract of(String table) {
    return ALL.stream()
        .filter(contract -> contract.name().equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no contract for '%s'; there are %s"
                        .formatted(table, ALL.stream().map(TableContract::name).toList())));
  }

  /**
   * The columns that every typed event table has around its properties, which go between {@link
   * EnvelopeColumns#LEADING} and {@link EnvelopeColumns#TRAILING}. No table of its own.
   */
  public static TableContract eventEnvelope() {
    return EVENT_ENVELOPE;
  }

  /** Reads one contract from a folder that holds {@code table.yaml} and its migrations. */
  public static TableContract load(Path folder) {
    TableContract contract =
        new ContractReader(folder.toString(), file -> read(folder.resolve(file))).read();
    requireAllListed(folder, contract);
    return contract;
  }

  private static void requireAllListed(Path folder, TableContract contract) {
    try (var files = Files.list(folder)) {
      List<String> present =
          new ArrayList<>(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.matches("\\d+.*\\.ya?ml"))
                  .sorted()
                  .toList());
      if (present.size() > contract.version()) {
        throw new YamlException(
            folder + "/table.yaml",
            "migrations",
            "lists %d of the files %s".formatted(contract.version(), present),
            "list every migration, or delete the file");
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new YamlException(
          file.toString(), "", "cannot be read (" + unreadable + ")", "put the file there");
    }
  }

  private static TableContract bundled(String folder) {
    return new ContractReader(folder, file -> resource(folder + "/" + file)).read();
  }

  private static String resource(String file) {
    try (InputStream in = TableContracts.class.getResourceAsStream(ROOT + "/" + file)) {
      if (in == null) {
        throw new YamlException(
            file, "", "is not on the class path", "list only migrations that exist");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
