package dev.tributary.predictor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelimitedTableTest {
  @TempDir private Path folder;

  private DelimitedTable table(String text) throws IOException {
    Path file = folder.resolve("runs.txt");
    Files.writeString(file, text);
    return DelimitedTable.read(file);
  }

  @Test
  void tellsTheDelimiterFromTheHeader() throws IOException {
    for (String delimiter : new String[] {"\t", ",", ";", "|"}) {
      DelimitedTable table =
          table(
              String.join(delimiter, "a", "b", "c")
                  + "\n1"
                  + delimiter
                  + "x"
                  + delimiter
                  + "2.5\r\n");
      assertThat(table.columns()).containsExactly("a", "b", "c");
      assertThat(table.rows()).isEqualTo(1);
      assertThat(table.text(0, "b")).isEqualTo("x");
      assertThat(table.number(0, "c")).isEqualTo(2.5);
      assertThat(table.isNumeric("a")).isTrue();
      assertThat(table.isNumeric("b")).isFalse();
    }
  }

  @Test
  void quotedFieldsHoldDelimitersQuotesAndLineEnds() throws IOException {
    DelimitedTable table = table("a,b\n\"x, \"\"y\"\"\n z\",7\n\n");
    assertThat(table.text(0, "a")).isEqualTo("x, \"y\"\n z");
    assertThat(table.number(0, "b")).isEqualTo(7);
  }

  @Test
  void aNameThatOccursTwiceMeansItsFirstColumn() throws IOException {
    assertThat(table("a,a\n1,2\n").text(0, "a")).isEqualTo("1");
  }

  @Test
  void aFieldThatIsEmptyOrHasNoColumnIsNotThere() throws IOException {
    DelimitedTable table = table("a,b\n\n1,\n");
    assertThat(table.has(0, "a")).isTrue();
    assertThat(table.has(0, "b")).isFalse();
    assertThat(table.optionalNumber(0, "b")).isEmpty();
    assertThat(table.optionalNumber(0, "c")).isEmpty();
    assertThat(table.optionalNumber(0, "a")).hasValue(1);
    assertThat(table.line(0)).isEqualTo(3);
  }

  @Test
  void errorsNameLineColumnAndValue() throws IOException {
    DelimitedTable table = table("a,b\n1,2\n3,many\n");
    assertThatThrownBy(() -> table.number(1, "b"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("runs.txt, line 3, column b: 'many' is not a finite number");
    assertThatThrownBy(() -> table.text(0, "c"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("a, b");
    assertThatThrownBy(() -> table("a,b\n1\n"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("line 2: 1 fields where the header has 2");
    assertThatThrownBy(() -> table("")).isInstanceOf(PredictorException.class);
    assertThatThrownBy(() -> DelimitedTable.read(folder.resolve("none.csv")))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("none.csv");
  }
}
