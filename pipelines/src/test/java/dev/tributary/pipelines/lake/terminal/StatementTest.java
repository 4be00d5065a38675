package dev.tributary.pipelines.lake.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static List<String> texts(String script) {
    return Statement.split(script).stream().map(Statement::text).toList();
  }

  @Test
  void splitsAtSemicolonsOutsideQuotesAndComments() {
    assertThat(texts("SELECT ';' ; SELECT \"a;\\\";\"; SELECT `;` -- no; end\n ; SELECT 4"))
        .containsExactly("SELECT ';'", "SELECT \"a;\\\";\"", "SELECT `;` -- no; end", "SELECT 4");
    assertThat(texts("/* a; /* b; */ c; */ SELECT 1;"))
        .containsExactly("/* a; /* b; */ c; */ SELECT 1");
    assertThat(texts("SELECT r'\\'; SELECT 2")).containsExactly("SELECT r'\\'", "SELECT 2");
    assertThat(texts("SELECT 'it''s;'; SELECT 2")).containsExactly("SELECT 'it''s;'", "SELECT 2");
  }

  @Test
  void leavesOutWhatSaysNothing() {
    assertThat(texts(";; -- nothing\n ; /* nothing */ ;  ")).isEmpty();
  }

  @Test
  void knowsTheLineAndWhetherASemicolonFollowed() {
    assertThat(Statement.split("SELECT 1;\n\nSELECT\n2"))
        .containsExactly(new Statement("SELECT 1", 1, true), new Statement("SELECT\n2", 3, false));
  }

  @Property(tries = 2000, seed = "42")
  void endsOnWhateverIsTyped(
      @ForAll
          @CharRange(from = ' ', to = '/')
          @CharRange(from = ';', to = ';')
          @CharRange(from = '`', to = '`')
          @CharRange(from = '\\', to = '\\')
          @CharRange(from = 'q', to = 's')
          String script) {
    List<Statement> statements = Statement.split(script);
    assertThat(String.join("", texts(script)).length()).isLessThanOrEqualTo(script.length());
    assertThat(statements).allMatch(it -> !it.text().isBlank());
  }
}
