package dev.tributary.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private static final String DIGITS_400 = "9".repeat(400);

  @Test
  void givesTheJavaValuesOfTheColumnTypes() throws UnrepresentableException {
    assertThat(decode("{'type':'integer'}", "1.0")).isEqualTo(1L);
    assertThat(decode("{'type':'number'}", "1")).isEqualTo(1.0);
    assertThat(decode("{'type':'number','multipleOf':0.01}", "19.99"))
        .isEqualTo(new BigDecimal("19.99"));
    assertThat(decode("{'type':'number','multipleOf':0.01}", "5"))
        .isEqualTo(new BigDecimal("5.00"));
    assertThat(decode("{'type':'string','format':'date'}", "'1969-12-31'")).isEqualTo(-1);
    assertThat(
            decode("{'type':'string','format':'date-time'}", "'1970-01-01T01:00:00.000001+01:00'"))
        .isEqualTo(1L);
    assertThat(decode("{}", "{'a':[1,null,'\\u0001']}")).isEqualTo("{\"a\":[1,null,\"\\u0001\"]}");
    assertThat(decode("{'type':'array','items':{'type':'integer'}}", "[1,2]"))
        .isEqualTo(new Object[] {1L, 2L});
    assertThat(decode("{'type':'object','additionalProperties':{'type':'string'}}", "{'k':'v'}"))
        .isEqualTo(Map.of("k", "v"));
  }

  @Test
  void refusesAnIntegerOf400DigitsWithItsPlace() {
    UnrepresentableException refused =
        refused(
            "{'type':'object','properties':{'a/b':{'type':'array','items':{'type':'integer'}}}}",
            "{'a/b':[1," + DIGITS_400 + "]}");
    assertThat(refused.pointer()).isEqualTo("/p/a~1b/1");
    assertThat(refused)
        .hasMessage("an integer of 1329 bits does not fit a BIGINT (-2^63 to 2^63-1)");
  }

  @Test
  void neitherRoundsNorOverflows() {
    assertThat(refused("{'type':'number'}", DIGITS_400)).hasMessageContaining("DOUBLE");
    assertThat(refused("{'type':'number'}", "1e400")).hasMessageContaining("DOUBLE");
    assertThat(refused("{'type':'number'}", "9007199254740993")).hasMessageContaining("DOUBLE");
    assertThat(refused("{'type':'integer'}", "9223372036854775808")).hasMessageContaining("BIGINT");
    assertThat(refused("{'type':'integer'}", "9.3e18")).hasMessageContaining("BIGINT");
    String money = "{'type':'number','multipleOf':0.01}";
    assertThat(refused(money, "0.001")).hasMessageContaining("DECIMAL(18,2)");
    assertThat(refused(money, "1e17")).hasMessageContaining("DECIMAL(18,2)");
    assertThat(refused(money, "1e400")).hasMessageContaining("DECIMAL(18,2)");
    assertThat(refused("{'type':'integer','maximum':1e30}", DIGITS_400))
        .hasMessageContaining("DECIMAL(38,0)");
    assertThat(refused("{}", "1e400")).hasMessageContaining("beyond the range");
  }

  @Test
  void keepsWhatJsonTextCanHold() throws UnrepresentableException {
    assertThat(decode("{}", DIGITS_400)).isEqualTo(DIGITS_400);
    assertThat(decode("{}", "'\\ud800'")).isEqualTo("\"\\ud800\"");
    assertThat(decode("{}", "'\\ud83d\\ude00'")).isEqualTo("\"😀\"");
  }

  @Test
  void refusesALoneSurrogateInText() {
    assertThat(refused("{'type':'string'}", "'a\\ud800'"))
        .hasMessageContaining("lone surrogate U+D800 at character 1");
    assertThat(
            refused(
                "{'type':'object','additionalProperties':{'type':'string'}}", "{'\\udc00':'v'}"))
        .hasMessageContaining("U+DC00");
  }

  @Test
  void refusesATimeThatIsNone() {
    assertThat(refused("{'type':'string','format':'date-time'}", "'2020-02-30T00:00:00Z'"))
        .hasMessageContaining("'2020-02-30T00:00:00Z' is not an RFC 3339 time");
  }

  @Test
  void aValueOfAnotherAlternativeStaysWithTheAdditionalProperties()
      throws UnrepresentableException {
    String open =
        "{'anyOf':[{'type':'object','properties':{'a':{'type':'integer'}}},"
            + "{'type':'object','properties':{'b':{'type':'integer'}}}]}";
    assertThat((Object[]) decode(open, "{'a':'text','b':1}"))
        .containsExactly(null, 1L, "{\"a\":\"text\"}");
  }

  @Test
  void nullIsAbsentButStaysInArraysAndMaps() throws UnrepresentableException {
    assertThat(decode("{'type':['integer','null']}", "null")).isNull();
    assertThat(decode("{'type':'array','items':{'type':['integer','null']}}", "[null,1]"))
        .isEqualTo(new Object[] {null, 1L});
    Object map =
        decode("{'type':'object','additionalProperties':{'type':['null','string']}}", "{'k':null}");
    assertThat(((Map<?, ?>) map).containsKey("k")).isTrue();
  }

  @Test
  void aModelTravelsToOtherProcesses() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Models.modelOf("{'type':'number','multipleOf':0.01}"));
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ModelSchema model = (ModelSchema) in.readObject();
      assertThat(model.decoder(Models.version(0)).decode(Models.object("{'p':1.5,'q':2}")))
          .containsExactly(new BigDecimal("1.50"), "{\"q\":2}");
    }
  }

  private static Object decode(String schema, String value) throws UnrepresentableException {
    Decoder decoder = Models.modelOf(schema).decoder(Models.version(0));
    return decoder.decode(Models.object("{'p':" + value + "}"))[0];
  }

  private static UnrepresentableException refused(String schema, String value) {
    return catchThrowableOfType(UnrepresentableException.class, () -> decode(schema, value));
  }
}
