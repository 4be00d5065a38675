package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapping with a mistake is refused at the start, with file, place and fix. */
class SourceMappingTest {
  private static final String SOUND =
      """
      format: csv
      path: in
      envelope:
        event: kind
        messageId: id
      """;

  @TempDir static Path directory;
  private static LandingLake lake;

  @BeforeAll
  static void makeFiles() throws IOException {
    lake = new LandingLake(directory).schema("any", "{}").event("x", "any");
    Files.writeString(lake.folder("in").resolve("a.csv"), "id,kind,amount\n1,x,2\n");
    lake.folder("empty");
    Files.writeString(lake.folder("twice").resolve("a.csv"), "id,kind,id\n1,x,2\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          messageId: id                | messageId: ammount          | envelope.messageId | did you mean 'amount'?
          messageId: id                | messageId: in.other.column  | envelope.messageId | the columns are [id, kind, amount]
          messageId: id                | messageId: CAST(id AS       | envelope.messageId | is no Spark SQL expression
          messageId: id                | messageId: no_such(id)      | envelope.messageId | correct it
          messageId: id                | messageId: max(id)          | envelope.messageId | use no aggregate
          messageId: id                | messageId: uuid()           | envelope.messageId | functions of the row's columns only
          messageId: id                | messageID: id               | envelope.messageID | did you mean messageId?
          event: kind                  | userId: kind                | envelope           | without a type and a name
          path: in                     | path: absent                | path               | make the directory
          path: in                     | path: empty                 | path               | put the first file there
          path: in                     | path: twice                 | path               | 'id' twice
          format: csv                  | format: xml                 | format             | use one of [json-lines, csv, parquet]
          format: csv                  | format: json-lines          | columns            | list the members
          path: in                     | options: {separator: ab}    | options.separator  | use one ASCII sign
          path: in                     | options: {encoding: UTF-16} | options.encoding   | convert the files to UTF-8
          path: in                     | options: {headers: true}    | options.headers    | use one of
          path: in                     | columns: [a]                | columns            | remove it
          path: in                     | properties: all             | properties         | write "*"
          """)
  void isRefusedWithItsPlaceAndAFix(String line, String wrong, String place, String fix)
      throws IOException {
    String text = SOUND.replace(line, wrong);
    if (!wrong.startsWith("path") && !text.contains("path: in")) {
      text += "path: in\n";
    }
    JobException refused = refused(text);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused).hasMessageContaining("broken.yaml: " + place).hasMessageContaining(fix);
  }

  @Test
  void takesASoundMapping() throws Exception {
    assertThat(lake.land("name=sound", "mapping=" + lake.mapping("sound", SOUND)))
        .containsEntry("accepted", 1L);
  }

  private static JobException refused(String yaml) throws IOException {
    String file = lake.mapping("broken", yaml);
    return catchThrowableOfType(JobException.class, () -> lake.land("mapping=" + file));
  }
}
