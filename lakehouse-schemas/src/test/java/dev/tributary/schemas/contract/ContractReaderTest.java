package dev.tributary.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.schemas.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractReaderTest {
  private static final String TABLE =
      """
      table: silver.visits
      description: Visits
      key: [id]
      partition_by: [day]
      retention: 30 days
      migrations: [0001-create.yaml, 0002-country.yaml]
      """;
  private static final String CREATE =
      """
      changes: creates visits
      add_columns:
        - {name: id, type: string, nullable: false, description: Id}
        - {name: day, type: date, nullable: false, description: Day}
      """;
  private static final String COUNTRY =
      """
      changes: adds the country, and the id may be missing
      add_columns:
        - {name: country, type: string, description: Country, tags: [pii.location]}
      relax: [id]
      tag:
        id: [id.device]
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeSoundContract() throws IOException {
    write("table.yaml", TABLE);
    write("0001-create.yaml", CREATE);
    write("0002-country.yaml", COUNTRY);
  }

  @Test
  void migrationsAddRelaxAndTag() {
    TableContract latest = TableContracts.load(folder);
    assertThat(latest.version()).isEqualTo(2);
    assertThat(latest.columnNames()).containsExactly("id", "day", "country");
    assertThat(latest.column("id").nullable()).isTrue();
    assertThat(latest.column("id").tags()).containsExactly("id.device");
    assertThat(latest.since(1))
        .singleElement()
        .extracting(Migration::changes)
        .isEqualTo("adds the country, and the id may be missing");
  }

  @Test
  void anEarlierVersionIsAsItWas() {
    TableContract first = TableContracts.load(folder).at(1);
    assertThat(first.columnNames()).containsExactly("id", "day");
    assertThat(first.column("id").nullable()).isFalse();
  }

  @Test
  void refusesAColumnThatExistsWhateverItsCase() throws IOException {
    write("0002-country.yaml", COUNTRY.replace("country,", "day,"));
    refused("0002-country.yaml", "add_columns[0].name", "exists already", "another name");
  }

  @Test
  void refusesAnUnknownType() throws IOException {
    write("0001-create.yaml", CREATE.replace("type: date", "type: datum"));
    refused("0001-create.yaml", "add_columns[1].type", "unknown type 'datum'", "use one of string");
  }

  @Test
  void refusesAKeyThatIsNoColumn() throws IOException {
    write("table.yaml", TABLE.replace("key: [id]", "key: [visit]"));
    refused("table.yaml", "key[0]", "no column 'visit'", "use one of [id, day, country]");
  }

  @Test
  void refusesAGapBetweenMigrations() throws IOException {
    write("table.yaml", TABLE.replace("0002-country", "0003-country"));
    refused("table.yaml", "migrations[1]", "is not migration 2", "0002-");
  }

  @Test
  void refusesAMigrationThatIsNotListed() throws IOException {
    write("0003-city.yaml", COUNTRY);
    refused("table.yaml", "migrations", "0003-city.yaml", "list every migration");
  }

  @Test
  void refusesAMigrationThatDoesNotOpenWithWhatChanged() throws IOException {
    write("0002-country.yaml", "# adds\n" + COUNTRY);
    refused("0002-country.yaml", "line 1", "does not open with what changed", "changes:");
  }

  @Test
  void refusesARequiredColumnOverRowsThatLackIt() throws IOException {
    write("0002-country.yaml", COUNTRY.replace("type: string", "type: string, nullable: false"));
    refused("0002-country.yaml", "nullable", "no value for 'country'", "nullable");
  }

  @Test
  void refusesAMisspeltKeyAndBrokenYaml() throws IOException {
    write("table.yaml", TABLE + "partitioned_by: [day]\n");
    refused("table.yaml", "partitioned_by", "unknown key", "partition_by");
    write("table.yaml", TABLE + "key: [day]\n");
    refused("table.yaml", "line", "Duplicate field 'key'", "correct the YAML");
    write("table.yaml", "table: [silver\n");
    refused("table.yaml", "line", "", "correct the YAML");
  }

  private void refused(String file, String place, String problem, String fix) {
    assertThatThrownBy(() -> TableContracts.load(folder))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(place)
        .hasMessageContaining(problem)
        .hasMessageContaining(fix);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
