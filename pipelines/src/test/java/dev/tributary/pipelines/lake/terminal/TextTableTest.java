package dev.tributary.pipelines.lake.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static TextTable table() {
    TextTable table = new TextTable(List.of("city", "orders"), new boolean[] {false, true});
    table.add(List.of("Köln", "7"));
    table.add(Arrays.asList("東京", null));
    return table;
  }

  @Test
  void alignsNumbersRightAndShowsNullsWhateverTheScript() {
    assertThat(String.join("\n", table().lines(0)))
        .isEqualTo(
            """
            ┌──────┬────────┐
            │ city │ orders │
            ├──────┼────────┤
            │ Köln │      7 │
            │ 東京 │   NULL │
            └──────┴────────┘""");
  }

  @Test
  void cutsTheWidestColumnToTheTerminal() {
    TextTable table = new TextTable(List.of("id", "text"), new boolean[2]);
    table.add(List.of("1", "x".repeat(200)));
    assertThat(table.lines(40)).allMatch(line -> new AttributedString(line).columnLength() == 40);
    assertThat(table.lines(40).get(3)).endsWith("x… │");
    assertThat(table.lines(0).get(3)).hasSizeGreaterThan(200);
  }

  @Test
  void writesARowABlockWhereColumnsAreTooMany() {
    TextTable table = new TextTable(List.of("a", "b", "c", "d", "e"), new boolean[5]);
    table.add(List.of("aaaaaaaa", "bbbbbbbbb", "ccccccccc", "ddddddddd", "eeeeeeeee"));
    assertThat(table.lines(24)).contains("a │ aaaaaaaa", "e │ eeeeeeeee");
  }

  @Test
  void letsNoValueMoveTheCursor() {
    TextTable table = new TextTable(List.of("v"), new boolean[1]);
    table.add(List.of("a\n\u001b[31mred\ud800"));
    assertThat(table.lines(0).get(3)).isEqualTo("│ a\\n\\u001b[31mred\\ud800 │");
  }
}
