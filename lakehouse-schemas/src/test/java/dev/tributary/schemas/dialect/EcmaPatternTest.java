package dev.tributary.schemas.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class EcmaPatternTest {
  @Test
  void anchorsAtTheEndOfTheTextOnly() {
    assertThat(EcmaPattern.compile("^abc$").matches("abc")).isTrue();
    assertThat(EcmaPattern.compile("^abc$").matches("abc\n")).isFalse();
  }

  @Test
  void readsDigitsAsAsciiAndSpacesAsUnicode() {
    assertThat(EcmaPattern.compile("^\\d$").matches("\u0967")).isFalse();
    assertThat(EcmaPattern.compile("^\\s$").matches("\u2003")).isTrue();
    assertThat(EcmaPattern.compile("^[\\s]$").matches("\uFEFF")).isTrue();
  }

  @Test
  void readsBracketsAndAmpersandsInClassesLiterally() {
    assertThat(EcmaPattern.compile("^[[a&&b]+$").matches("[&b")).isTrue();
    assertThat(EcmaPattern.compile("^[a-zA-Z0-9-_.]+$").matches("a-_.Z")).isTrue();
    assertThat(EcmaPattern.compile("[]").matches("a")).isFalse();
    assertThat(EcmaPattern.compile("^[^]$").matches("\n")).isTrue();
  }

  @Test
  void readsEscapes() {
    assertThat(EcmaPattern.compile("^\\u00e9\\/\\cA$").matches("é/\u0001")).isTrue();
    assertThat(EcmaPattern.compile("^\\uD83D\\uDE00$").matches("😀")).isTrue();
    assertThat(EcmaPattern.compile("^\\p{Letter}+$").matches("Größe")).isTrue();
  }

  @Test
  void agreesOnLongAndShortTexts() {
    EcmaPattern pattern = EcmaPattern.compile("^(ab|c.)*[^\\n]$");
    assertThat(pattern.matches("ab".repeat(10) + "x")).isTrue();
    assertThat(pattern.matches("ab".repeat(10_000) + "x")).isTrue();
    assertThat(pattern.matches("ab".repeat(10_000) + "\n")).isFalse();
  }

  @Test
  void refusesWhatIsNoEscape() {
    assertThatThrownBy(() -> EcmaPattern.compile("^\\Z"))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("ECMA-262");
  }
}
