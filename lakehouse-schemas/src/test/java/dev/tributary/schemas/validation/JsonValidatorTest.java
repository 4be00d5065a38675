package dev.tributary.schemas.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValidatorTest {
  private static final String DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema";

  @Test
  void namesTheFirstViolationByPointerAndKeyword() {
    JsonValidator validator =
        compile("{'properties':{'lines':{'items':{'properties':{'a/b~c':{'type':'integer'}}}}}}");
    Optional<Violation> violation = validator.validate(json("{'lines':[{},{'a/b~c':'x'}]}"));
    assertThat(violation).isPresent();
    assertThat(violation.get().pointer()).isEqualTo("/lines/1/a~1b~0c");
    assertThat(violation.get().keyword()).isEqualTo("type");
    assertThat(violation.get().message()).contains("integer");
  }

  @Test
  void acceptsTheBenchmarkEvent() {
    assertThat(compile(ValidationBenchmark.SCHEMA).validate(json(ValidationBenchmark.EVENT)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "date-time, 2026-03-01T10:15:30Z, 2026-03-01 10:15",
    "date, 2026-02-28, 2026-02-30",
    "email, ann@example.com, ann",
    "uuid, 6ba7b810-9dad-41d1-80b4-00c04fd430c8, 6ba7b810",
    "uri, https://example.com/a?b, not a uri",
    "ipv4, 192.0.2.1, 192.0.2.256",
    "ipv6, 2001:db8::1, 2001:db8::g"
  })
  void assertsFormatsInEveryDraft(String format, String good, String bad) {
    for (String schema :
        List.of(
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-07/schema#",
            DRAFT_2020_12)) {
      JsonValidator validator = compile("{'$schema':'" + schema + "','format':'" + format + "'}");
      assertThat(validator.validate(json("'" + good + "'"))).isEmpty();
      assertThat(validator.validate(json("'" + bad + "'"))).isPresent();
    }
  }

  @Test
  void takesUnknownFormatsForAnnotations() {
    assertThat(compile("{'format':'strict-uri'}").validate(json("'x'"))).isEmpty();
  }

  @Test
  void boundsTheCostOfPatternsThatBacktrack() {
    String hostile = "a".repeat(50_000) + "!";
    JsonValidator linear = compile("{'pattern':'^(a+)+$'}");
    JsonValidator lookAhead = compile("{'pattern':'^(?=b|(a+)+$)'}");
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          assertThat(linear.validate(json("'" + hostile + "'"))).isPresent();
          assertThat(linear.validate(json("'" + "a".repeat(900) + "!'"))).isPresent();
          assertThat(linear.validate(json("'" + "a".repeat(50_000) + "'"))).isEmpty();
          assertThat(lookAhead.validate(json("'" + hostile + "'")))
              .hasValueSatisfying(v -> assertThat(v.message()).contains("backtracks"));
        });
  }

  @Test
  void neverFetchesAReference() {
    assertThatThrownBy(() -> compile("{'$ref':'https://example.com/other.json'}"))
        .isInstanceOf(JsonSchemaException.class)
        .hasMessageContaining("nothing is fetched");
  }

  @Test
  void holdsUniqueItemsAgainstArraysOnlyAndByValue() {
    JsonValidator validator = compile("{'uniqueItems':true}");
    assertThat(validator.validate(json("{'a':1,'b':1}"))).isEmpty();
    assertThat(validator.validate(json("[1,1.0]"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-Infinity", "1e400", "1e999999999", "1e-999999999"})
  void refusesNumbersThatCannotBeCompared(String number) throws IOException {
    ObjectMapper lenient =
        JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    ObjectMapper exact = lenient.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    for (String schema :
        List.of("{'multipleOf':0.01}", "{'enum':[1]}", "{'uniqueItems':true}", "{}")) {
      Optional<Violation> violation =
          compile(schema).validate(exact.readTree("[0," + number + "]"));
      assertThat(violation).hasValueSatisfying(v -> assertThat(v.pointer()).isEqualTo("/1"));
      assertThat(violation.get().keyword()).isEqualTo(JsonValidator.LIMITS);
    }
    compile("{'multipleOf':0.01}").validate(lenient.readTree(number));
  }

  @Test
  void refusesIntegersOf400DigitsAndAcceptsThoseOf300() {
    JsonValidator validator = compile("{'type':'integer','multipleOf':1}");
    assertThat(validator.validate(json("1" + "0".repeat(399)))).isPresent();
    assertThat(validator.validate(json("1" + "0".repeat(299)))).isEmpty();
  }

  @Test
  void refusesInstancesNestedTooDeepForARecursiveSchema() {
    JsonValidator validator = compile("{'properties':{'k':{'$ref':'#'}}}");
    String deep = "{'k':".repeat(900) + "{}" + "}".repeat(900);
    assertThat(validator.validate(json(deep)))
        .hasValueSatisfying(v -> assertThat(v.keyword()).isEqualTo(JsonValidator.LIMITS));
    String allowed = "{'k':".repeat(250) + "{}" + "}".repeat(250);
    assertThat(validator.validate(json(allowed))).isEmpty();
  }

  @Test
  void servesManyThreads() {
    JsonValidator validator = compile(ValidationBenchmark.SCHEMA);
    JsonNode good = json(ValidationBenchmark.EVENT);
    JsonNode bad = json("{'order_id':1}");
    List<Boolean> outcomes =
        IntStream.range(0, 20_000)
            .parallel()
            .mapToObj(i -> validator.validate(i % 2 == 0 ? good : bad).isEmpty() == (i % 2 == 0))
            .toList();
    assertThat(Collections.frequency(outcomes, true)).isEqualTo(20_000);
  }

  private static JsonValidator compile(String schema) {
    return JsonValidator.compile(json(schema));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
