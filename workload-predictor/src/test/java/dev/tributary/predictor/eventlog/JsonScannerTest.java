package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What the scanner takes for JSON is what Jackson takes for JSON. */
class JsonScannerTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Property(tries = 300, seed = "41", shrinking = ShrinkingMode.OFF)
  void everyJsonIsPassedToItsEnd(@ForAll("values") Object value) throws Exception {
    assertThat(isJson(JSON.writeValueAsString(value))).isTrue();
  }

  @Property(tries = 1000, seed = "42", shrinking = ShrinkingMode.OFF)
  void aCutOrGarbledTextIsToldAsJacksonTellsIt(
      @ForAll("values") Object value, @ForAll int place, @ForAll("marks") char mark)
      throws Exception {
    String text = JSON.writeValueAsString(List.of(value, value));
    int at = Math.floorMod(place, text.length());
    String cut = text.substring(0, at);
    String garbled = text.substring(0, at) + mark + text.substring(at + 1);
    assertThat(isJson(cut)).as(cut).isEqualTo(isJsonToJackson(cut));
    assertThat(isJson(garbled)).as(garbled).isEqualTo(isJsonToJackson(garbled));
  }

  @Test
  void readsNumbersTextsAndBooleansHoweverTheyAreWritten() throws MalformedJson {
    KeyTable keys = KeyTable.of("a", "b", "c", "d", "e");
    String text =
        "{ \"a\" : -12 , \"b\":\"34\",\"x\":{\"a\":[1,{}]},\"c\":1.5e3,\"d\":\"\\u00e9\\n\\\"ü\","
            + "\"e\":true}";
    JsonScanner scanner = scanner(text);
    assertThat(scanner.openObject()).isTrue();
    assertThat(scanner.key(keys)).isZero();
    assertThat(scanner.longValue()).isEqualTo(-12);
    assertThat(scanner.key(keys)).isEqualTo(1);
    assertThat(scanner.longValue()).isEqualTo(34);
    assertThat(scanner.key(keys)).isEqualTo(KeyTable.UNKNOWN);
    scanner.skip();
    assertThat(scanner.key(keys)).isEqualTo(2);
    assertThat(scanner.longValue()).isEqualTo(1500);
    assertThat(scanner.key(keys)).isEqualTo(3);
    assertThat(scanner.stringValue(100)).isEqualTo("é\n\"ü");
    assertThat(scanner.key(keys)).isEqualTo(4);
    assertThat(scanner.booleanValue()).isTrue();
    assertThat(scanner.key(keys)).isEqualTo(JsonScanner.END);
    scanner.finish();
  }

  @Test
  void nestingAsDeepAsAStackHoldsIsPassedAndDeeperIsMalformed() {
    assertThat(isJson("[".repeat(19_000) + "]".repeat(19_000))).isTrue();
    assertThat(isJson("[".repeat(30_000) + "]".repeat(30_000))).isFalse();
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars("ab1 é\u20ac\n\u0001\"\\{}[]:,").ofMaxLength(12);
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            texts.map(text -> text),
            Arbitraries.longs().map(number -> number),
            Arbitraries.doubles().map(number -> number),
            Arbitraries.of(true, false),
            Arbitraries.just(List.of()));
    Arbitrary<Object> node =
        Arbitraries.oneOf(
            leaf,
            leaf.list().ofMaxSize(4).map(list -> list),
            Arbitraries.maps(texts, leaf).ofMaxSize(4).map(map -> map));
    return Arbitraries.maps(texts, node).ofMaxSize(4).map(map -> map);
  }

  @Provide
  Arbitrary<Character> marks() {
    return Arbitraries.of('{', '}', '[', ']', '"', ',', ':', '\\', ' ', 'x', '1', '-');
  }

  private static JsonScanner scanner(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + JsonScanner.SLACK);
    padded[bytes.length] = '\n';
    JsonScanner scanner = new JsonScanner();
    scanner.reset(padded, 0, bytes.length);
    return scanner;
  }

  private static boolean isJson(String text) {
    try {
      JsonScanner scanner = scanner(text);
      scanner.skip();
      scanner.finish();
      return true;
    } catch (MalformedJson e) {
      return false;
    }
  }

  private static boolean isJsonToJackson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
