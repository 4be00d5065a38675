package dev.tributary.pipelines.identity.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.matching.LinkConfig;
import dev.tributary.pipelines.identity.matching.Linker;
import dev.tributary.pipelines.identity.matching.RecordSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkInputTest {
  @TempDir private Path directory;

  private final List<String> notes = new ArrayList<>();

  private RecordSet read(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, text);
    return LinkInput.read(List.of(file), LinkConfig.inferred(), () -> null, notes::add);
  }

  @Test
  void aColumnNamedSourceInTheOnlyFileTellsSourcesAndLeavesIdsAlone() throws IOException {
    RecordSet records = read("v.csv", "id,source,name\n1,a,Ada Bell\n2,b,Ada Bell\n3,a,Bo Dee\n");
    assertThat(records.sources()).containsExactly("a", "b");
    assertThat(List.of(records.qualifiedId(0), records.qualifiedId(1), records.qualifiedId(2)))
        .containsExactly("1", "3", "2");
  }

  @Test
  void aSourceThatIsMissingInSomeRowsIsNone() throws IOException {
    RecordSet records = read("v.csv", "id,source,name\n1,a,Ada Bell\n2,,Ada Bell\n3,b,Bo Dee\n");
    assertThat(records.sources()).containsExactly("v");
    assertThat(records.qualifiedId(0)).isEqualTo("1");
  }

  @Test
  void anIdThatIsOneNoMoreIsSaidAndNotTakenForEvidence() throws IOException {
    StringBuilder csv = new StringBuilder("unique_id,name\n");
    for (int i = 0; i < 300; i++) {
      csv.append(i == 7 ? 6 : i).append(",name ").append(i).append('\n');
    }
    RecordSet records = read("v.csv", csv.toString());
    assertThat(records.columns()).containsExactly("name");
    assertThat(notes)
        .containsExactly(
            "  v.csv: 'unique_id' is empty or repeated in 1 of 300 records, so they are numbered by"
                + " row; it is not compared unless 'columns' gives its kind");
    notes.clear();
    assertThat(read("w.csv", "uid,name\n7,Ada\n7,Ada\n8,Bo\n").columns())
        .containsExactly("uid", "name");
    assertThat(notes).singleElement().asString().contains("'uid' is empty or repeated in 1 of 3");
  }

  @Test
  void partiesInOneFileHaveAnEntityOnceEach() throws IOException {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("id,party,first_name,surname,city\n");
    int id = 0;
    for (int person = 0; person < 300; person++) {
      String name = "n" + Long.toString(random.nextInt(100_000), 26);
      String family = "f" + Long.toString(random.nextInt(100_000), 26);
      for (String party : List.of("a", "b", "c")) {
        csv.append(id++).append(',').append(party).append(',').append(name).append(',');
        csv.append(family).append(",city ").append(person % 9).append('\n');
      }
    }
    RecordSet records = read("v.csv", csv.toString());
    var linkage = Linker.link(records, LinkConfig.inferred(), message -> {});
    assertThat(linkage.oneToOne()).isTrue();
    assertThat(linkage.clusters()).hasSize(300).allMatch(members -> members.length == 3);
  }
}
