package dev.tributary.pipelines.identity.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.pipelines.job.JobException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  @TempDir Path dir;

  private List<List<String>> read(byte[] content) throws IOException {
    Path file = dir.resolve("people.csv");
    Files.write(file, content);
    List<List<String>> rows = new ArrayList<>();
    CsvFile.read(
        file,
        new CsvFile.Sink() {
          @Override
          public void header(List<String> columns) {
            rows.add(columns);
          }

          @Override
          public void row(long number, String[] values) {
            rows.add(List.of(values));
          }
        });
    return rows;
  }

  private List<List<String>> read(String content) throws IOException {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void valuesMayHoldCommasLinesAndQuotes() throws IOException {
    assertThat(read("id,name\r\n1,\"Lovelace, \"\"Ada\"\"\"\r\n2,\"two\r\nlines\"\r\n"))
        .containsExactly(
            List.of("id", "name"), List.of("1", "Lovelace, \"Ada\""), List.of("2", "two\nlines"));
    assertThat(read("id,size\n1,5\" pipe\n2, \"x\" \n"))
        .containsExactly(List.of("id", "size"), List.of("1", "5\" pipe"), List.of("2", "x"));
  }

  @Test
  void aFileThatIsNoUtf8IsLatin1() throws IOException {
    byte[] latin = "id,name\n1,J\u00f6rg\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(latin)).containsExactly(List.of("id", "name"), List.of("1", "J\u00f6rg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theHeaderTellsTheSeparatorAndAMarkTheEncoding(String separator) throws IOException {
    String text = String.join(separator, "id", "\"a,;|\tname\"", "city");
    text += "\n" + String.join(separator, "1", "Bell; \"Ada\", x", "\"Y|k; or, so\"") + "\n";
    text = text.replace("Bell; \"Ada\", x", "\"Bell; \"\"Ada\"\", x\"");
    List<List<String>> expected =
        List.of(
            List.of("id", "a,;|\tname", "city"), List.of("1", "Bell; \"Ada\", x", "Y|k; or, so"));
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
      assertThat(read(text.getBytes(charset))).isEqualTo(expected);
    }
    byte[] little = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
    assertThat(read(little)).isEqualTo(expected);
    assertThat(read("\uFEFF" + text)).isEqualTo(expected);
  }

  @Test
  void aHeadersOddCharactersAreNoSeparatorsAndNoComments() throws IOException {
    assertThat(read("name,kind a|b|c\nAnn Smith,x\nBob,y\n"))
        .containsExactly(
            List.of("name", "kind a|b|c"), List.of("Ann Smith", "x"), List.of("Bob", "y"));
    assertThat(read("Last, First\tCity\nSmith, Ann\tYork\nJones, Bob\tHull\n"))
        .containsExactly(
            List.of("Last, First", "City"),
            List.of("Smith, Ann", "York"),
            List.of("Jones, Bob", "Hull"));
    assertThat(read("id;Preis, netto;Preis, brutto\n1;2,5;3,0\n2;4,5;5,0\n"))
        .containsExactly(
            List.of("id", "Preis, netto", "Preis, brutto"),
            List.of("1", "2,5", "3,0"),
            List.of("2", "4,5", "5,0"));
    assertThat(read("rec_id, given_name, surname\nr1, ann, smith\nr2, bob, jones\n").get(0))
        .containsExactly("rec_id", "given_name", "surname");
    assertThat(read("id,name\n#1,Ann\n#2,Bob\n"))
        .containsExactly(List.of("id", "name"), List.of("#1", "Ann"), List.of("#2", "Bob"));
    assertThat(read("id;size \"\n1;x\n").get(0)).containsExactly("id", "size \"");
  }

  @Test
  void aMarkOfUtf16BeforeSomethingElseIsSaid() {
    byte[] odd = {(byte) 0xFE, (byte) 0xFF, (byte) 0xD8, 0x00, 0x00};
    assertThatThrownBy(() -> read(odd)).hasMessageContaining("mark of UTF-16 and is none");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    String odd = CsvFile.quoted("a|b|c") + "," + CsvFile.quoted("x;y") + ",z\n";
    assertThat(read(odd + odd)).containsOnly(List.of("a|b|c", "x;y", "z"));
  }

  @Test
  void aFileOfOneColumnHasRowsOfOneValue() throws IOException {
    assertThat(read("name\nAnn Smith\n\nBob Jones\n"))
        .containsExactly(List.of("name"), List.of("Ann Smith"), List.of("Bob Jones"));
  }

  @Test
  void aValueThatIsTooLongIsToldInAFewWords() {
    String text = "id,name\n1,Ada\n2," + "x".repeat(2_000_000) + "\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("people.csv', after record 1: no record can be read")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,name\n1,Ada\n2,\"Grace\n3,Mary\n4,Ann\n",
        "id,name\n1,Ada\n2, \"Grace, who\"\" left",
        "id,name\n1,Ada\n2,\"",
        "id,name\n1,J\u00f6rg\n2,\"Grace\n"
      })
  void aQuoteThatIsNeverClosedIsNamedByItsLineAndNothingIsSwallowed(String content) {
    for (byte[] bytes :
        List.of(
            content.getBytes(StandardCharsets.UTF_8),
            content.getBytes(StandardCharsets.ISO_8859_1))) {
      assertThatThrownBy(() -> read(bytes))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("people.csv', line 3: a value begins with a quote")
          .hasMessageContaining("Fix: close the quote");
    }
  }
}
