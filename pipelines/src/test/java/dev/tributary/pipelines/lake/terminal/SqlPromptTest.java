package dev.tributary.pipelines.lake.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.lake.LakeFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlPromptTest {
  @TempDir static Path directory;
  private static LakeFixture shop;

  @BeforeAll
  static void landSomeOrders() {
    shop = LakeFixture.shop(directory);
  }

  private static String type(Path history, String keys) throws Exception {
    return type(history, keys, terminal -> null);
  }

  private interface Meanwhile {
    Void act(Terminal terminal) throws Exception;
  }

  private static String type(Path history, String keys, Meanwhile meanwhile) throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    try (Terminal terminal =
        new DumbTerminal(
            "test",
            "dumb",
            new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
            screen,
            StandardCharsets.UTF_8)) {
      SqlOptions options = SqlOptions.of(OutputFormat.TABLE);
      SqlPrompt prompt = new SqlPrompt(shop.spark(), shop.lake(), options, terminal, history);
      FutureTask<Void> acted = new FutureTask<>(() -> meanwhile.act(terminal));
      new Thread(acted, "meanwhile").start();
      assertThat(prompt.run()).isZero();
      acted.get(3, TimeUnit.MINUTES);
    }
    return screen.toString(StandardCharsets.UTF_8).replace("\r", "");
  }

  @Test
  void runsAStatementOverSeveralLinesAndGoesOnAfterAnError() throws Exception {
    String screen =
        type(
            directory.resolve("history"),
            "SELECT count(*) AS n\nFROM silver.order_completed;\nSELECT oops;\nSELECT 42 AS last;\n\\q\n");
    assertThat(screen)
        .contains("│ n │", "│ 3 │", "error UNRESOLVED_COLUMN", "│   42 │")
        .doesNotContain("Exception");
    assertThat(Files.readString(directory.resolve("history"))).contains("SELECT 42 AS last;");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("history"))))
        .isEqualTo("rw-------");
  }

  @Test
  void answersItsCommands() throws Exception {
    String screen =
        type(directory.resolve("h2"), "\\d\n\\d silver.order_completed\n\\h\n\\timing\n\\x\n");
    assertThat(screen)
        .containsPattern("silver +│ order_completed +│ view")
        .containsPattern("silver +│ order_completed_v2 +│ table")
        .containsPattern("total +│ decimal\\(12,3\\)")
        .contains("Tab completes", "timing is on", "unknown command \\x");
  }

  @Test
  void cancelsTheRunningStatementAtCtrlCAndLeavesAtCtrlD() throws Exception {
    String screen =
        type(
            directory.resolve("h3"),
            SqlRunnerTest.SLOW + ";\nSELECT 2 AS two;\n\004",
            terminal -> {
              SqlRunnerTest.awaitTasks(shop.spark());
              terminal.raise(Terminal.Signal.INT);
              return null;
            });
    assertThat(screen).contains("cancelled", "│   2 │");
  }

  @Test
  void completesNamespacesTablesColumnsAndKeywords() {
    assertThat(complete("SELECT * FROM sil")).contains("silver.");
    assertThat(complete("SELECT * FROM silver.ord")).contains("silver.order_completed_v1");
    assertThat(complete("SELECT sum(tot", " FROM silver.order_completed")).contains("total");
    assertThat(complete("sel")).contains("select");
    assertThat(complete("\\")).contains("\\d", "\\q");
  }

  private static List<String> complete(String before, String... after) {
    var line =
        new SqlLineParser()
            .parse(before + String.join("", after), before.length(), ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();
    new SqlCompleter(new Catalogue(shop.spark(), shop.lake())).complete(null, line, candidates);
    String word = line.word().substring(0, line.wordCursor());
    return candidates.stream().map(Candidate::value).filter(it -> it.startsWith(word)).toList();
  }

  @Test
  void waitsForASemicolonOutsideQuotes() {
    assertThat(SqlLineParser.isWhole("SELECT 1")).isFalse();
    assertThat(SqlLineParser.isWhole("SELECT ';")).isFalse();
    assertThat(SqlLineParser.isWhole("SELECT 1; SELECT 2")).isFalse();
    assertThat(SqlLineParser.isWhole("SELECT 1;")).isTrue();
    assertThat(SqlLineParser.isWhole("\\d")).isTrue();
    assertThat(SqlLineParser.isWhole("quit")).isTrue();
    assertThat(SqlLineParser.isWhole("  ")).isTrue();
  }

  @Test
  void remembersWhereTheSystemSaysElseAtHome() {
    assertThat(HistoryFile.of(Map.of(), "/home/ana")).hasToString("/home/ana/.tributary_history");
    assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", "/s"), "/home/ana"))
        .hasToString("/s/tributary/sql_history");
  }
}
