package dev.tributary.pipelines.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
  @TempDir Path directory;

  private Path key;
  private Path table;
  private Path config;
  private Path encoded;

  @BeforeEach
  void prepare() {
    key = directory.resolve("key");
    table = directory.resolve("table.csv");
    config = directory.resolve("config.yaml");
    encoded = directory.resolve("table.enc");
    LinkageKey.generate().write(key);
  }

  private PrivateLinkage.Encoded encode(String csv, String yaml) throws IOException {
    Files.writeString(table, csv);
    Files.writeString(config, yaml);
    return PrivateLinkage.encode(table, Optional.of(config), key, encoded, Optional.empty());
  }

  @Test
  void tablesThatCannotBeEncodedAreNamedWithTheRecord() {
    assertThatThrownBy(() -> encode("id,name\n1,ann\n2,bob,3\n", ""))
        .hasMessageContaining("table.csv', record 2: 3 values, but the header names 2 columns");
    assertThatThrownBy(() -> encode("id,name\n1,ann\n2\n", ""))
        .hasMessageContaining("table.csv', record 2: 1 values, but the header names 2 columns");
    assertThatThrownBy(() -> encode("id,name,name\n", ""))
        .hasMessageContaining("two columns named 'name'");
    assertThatThrownBy(() -> encode("id,name\n1,ann\n1,bob\n", ""))
        .hasMessageContaining("two records have the id '1' in column 'id'");
    assertThatThrownBy(() -> encode("id,name\n1,ann\n2,ann\n", ""))
        .hasMessageContaining("has nothing that could be compared");
    assertThatThrownBy(() -> encode("", "")).hasMessageContaining("has no header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fields: {name: nmae} | did you mean 'name'?",
        "fields: {nmae: name} | names the column 'nmae', which",
        "feilds: {} | did you mean 'fields'?",
        "hardening: {bits: 500} | hardening.bits is 500; it must be 64 … 8192",
        "hardening: {diffuson: 2} | did you mean 'diffusion'?",
        "blocking: ['nam:exact'] | no field 'nam'",
        "blocking: ['name:roughly'] | is not a pass",
        "max_block: 0 | it must be at least 2",
        "id: number | names the column 'number'",
        "'fields: [' | not YAML",
      })
  void configurationsThatCannotBeMeantAreExplained(String yaml, String problem) {
    assertThatThrownBy(() -> encode("id,name\n1,ann\n2,bob\n", yaml)).hasMessageContaining(problem);
  }

  @Test
  void aSavedConfigurationGivesTheSameEncodings() throws IOException {
    StringBuilder csv = new StringBuilder("id,given name,born,sex,empty\n");
    for (int i = 10; i < 60; i++) {
      csv.append(i).append(",ann").append(i).append(",19").append(i).append("-01-02,f,\n");
    }
    Files.writeString(table, csv.toString());
    Path saved = directory.resolve("saved.yaml");
    PrivateLinkage.encode(table, Optional.empty(), key, encoded, Optional.of(saved));
    byte[] inferred = Files.readAllBytes(encoded);
    PrivateLinkage.encode(table, Optional.of(saved), key, encoded, Optional.empty());
    assertThat(Files.readAllBytes(encoded)).isEqualTo(inferred);
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused() throws IOException {
    String csv = "id,name\n1,ann\n2,bob\n";
    encode(csv, "");
    Path other = directory.resolve("other.enc");
    Path otherKey = directory.resolve("other.key");
    LinkageKey.generate().write(otherKey);
    PrivateLinkage.encode(table, Optional.empty(), otherKey, other, Optional.empty());
    assertThatThrownBy(() -> PrivateLinkage.link(encoded, Optional.of(other), directory))
        .hasMessageContaining("different keys")
        .hasMessageContaining(LinkageKey.read(key).fingerprint());
    Files.writeString(config, "hardening: {diffusion: 2}");
    PrivateLinkage.encode(table, Optional.of(config), key, other, Optional.empty());
    assertThatThrownBy(() -> PrivateLinkage.link(encoded, Optional.of(other), directory))
        .hasMessageContaining("different settings: hardening is");
  }

  @Test
  void damagedEncodedFilesAreRefused() throws IOException {
    encode("id,name\n1,ann\n2,bob\n", "");
    byte[] good = Files.readAllBytes(encoded);
    Files.write(encoded, Arrays.copyOf(good, good.length - 50));
    assertThatThrownBy(() -> PrivateLinkage.link(encoded, Optional.empty(), directory))
        .hasMessageContaining("not a whole encoded file");
    good[good.length - 60] ^= 1;
    Files.write(encoded, good);
    assertThatThrownBy(() -> PrivateLinkage.link(encoded, Optional.empty(), directory))
        .hasMessageContaining("checksum");
    Files.writeString(encoded, "id,name\n");
    assertThatThrownBy(() -> PrivateLinkage.link(encoded, Optional.empty(), directory))
        .hasMessageContaining("TRIBENC1");
  }
}
