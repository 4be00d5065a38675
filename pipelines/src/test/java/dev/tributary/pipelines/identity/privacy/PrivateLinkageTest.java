package dev.tributary.pipelines.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How well encodings are linked, by default settings and without labels. */
class PrivateLinkageTest {
  private static final LinkageKey KEY = LinkageKey.of("private linkage");

  @TempDir Path directory;

  @Test
  void febrl4IsLinkedPrivatelyAsWellAsInPlainText() {
    IdentityData left = IdentityData.febrl("dataset4a.csv");
    IdentityData right = IdentityData.febrl("dataset4b.csv");
    EncodingConfig config = ConfigInference.of(left.table());
    IdentityData.Score hardened = linked(left, right, config);
    System.out.println("febrl4, private: " + hardened);
    IdentityData.Score withoutNumber = linked(left, right, without(config, "soc_sec_id"));
    System.out.println("febrl4, private, without soc_sec_id: " + withoutNumber);
    assertThat(hardened.f1()).isGreaterThan(0.995);
    assertThat(withoutNumber.f1()).isGreaterThan(0.985);
  }

  private static EncodingConfig without(EncodingConfig config, String field) {
    return new EncodingConfig(
        config.id(),
        config.fields().stream().filter(f -> !f.name().equals(field)).toList(),
        config.blocking().stream().filter(pass -> !pass.contains(field)).toList(),
        config.ignored(),
        config.hardening(),
        config.maxBlock());
  }

  private static IdentityData.Score linked(
      IdentityData left, IdentityData right, EncodingConfig config) {
    TableEncoder encoder = new TableEncoder(KEY, config);
    EncodedTable a = encoder.encode(left.table(), "a");
    EncodedTable b = encoder.encode(right.table(), "b");
    Linkage linkage = PrivateLinker.link(a, Optional.of(b));
    Map<String, String> truth = new HashMap<>();
    left.truth().forEach((id, entity) -> truth.put("a:" + id, entity));
    right.truth().forEach((id, entity) -> truth.put("b:" + id, entity));
    return IdentityData.score(linkage, truth, left.truth().size());
  }

  @ParameterizedTest
  @CsvSource({
    "febrl/dataset3.csv, 0.99",
    "splink_fake1000/fake_1000.csv, 0.90",
    "historical_50k/historical_50k.csv, 0.85",
  })
  void duplicatesAreFoundInTablesOfAnyShape(String file, double least) {
    IdentityData data =
        file.startsWith("febrl")
            ? IdentityData.febrl(file.substring(6))
            : IdentityData.clustered(file, 3_000);
    EncodingConfig config = ConfigInference.of(data.table());
    EncodedTable encoded = new TableEncoder(KEY, config).encode(data.table(), "a");
    Linkage linkage = PrivateLinker.link(encoded, Optional.empty());
    IdentityData.Score score =
        IdentityData.score(linkage, data.truth(), IdentityData.truePairs(data.truth().values()));
    System.out.println(file + ", duplicates found privately: " + score);
    assertThat(score.f1()).isGreaterThan(least);
  }

  @Test
  void theResultDoesNotDependOnTheOrderOfRecords() {
    CsvTable table = People.table(300, 7);
    EncodingConfig config = ConfigInference.of(table);
    EncodedTable encoded = new TableEncoder(KEY, config).encode(table, "a");
    List<EncodedTable.EncodedRecord> reversed = new java.util.ArrayList<>(encoded.records());
    java.util.Collections.reverse(reversed);
    EncodedTable other =
        new EncodedTable(
            "a",
            encoded.keyId(),
            encoded.settings(),
            encoded.hardening(),
            encoded.fields(),
            reversed);
    assertThat(pairs(PrivateLinker.link(other, Optional.empty())))
        .isEqualTo(pairs(PrivateLinker.link(encoded, Optional.empty())))
        .isNotEmpty();
  }

  private static java.util.Set<java.util.Set<String>> pairs(Linkage linkage) {
    Map<String, java.util.Set<String>> clusters = new HashMap<>();
    linkage
        .assignments()
        .forEach(
            a ->
                clusters
                    .computeIfAbsent(a.cluster(), key -> new java.util.TreeSet<>())
                    .add(a.record()));
    return clusters.values().stream()
        .filter(cluster -> cluster.size() > 1)
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void degenerateTablesGiveAResult() {
    CsvTable people = People.table(20, 7);
    EncodingConfig config = ConfigInference.of(people);
    for (CsvTable table :
        List.of(
            new CsvTable(people.file(), people.columns(), List.of()),
            new CsvTable(people.file(), people.columns(), people.rows().subList(0, 1)),
            People.allEqual(500))) {
      EncodedTable encoded = new TableEncoder(KEY, config).encode(table, "a");
      Linkage linkage = PrivateLinker.link(encoded, Optional.empty());
      assertThat(linkage.assignments()).hasSize(table.rows().size());
      assertThat(linkage.links()).isEmpty();
    }
  }

  @Test
  void encodedFilesAreReadAsTheyWereWritten() {
    CsvTable table = People.table(50, 3);
    EncodedTable encoded = new TableEncoder(KEY, ConfigInference.of(table)).encode(table, "people");
    Path file = directory.resolve("people.enc");
    EncodedFile.write(encoded, file);
    EncodedTable read = EncodedFile.read(file);
    assertThat(read).usingRecursiveComparison().isEqualTo(encoded);
  }
}
