package dev.tributary.schemas.compatibility;

import static dev.tributary.schemas.compatibility.Effect.ASSUMED;
import static dev.tributary.schemas.compatibility.Effect.BREAKS_ALL;
import static dev.tributary.schemas.compatibility.Effect.BREAKS_SOME;
import static dev.tributary.schemas.compatibility.Effect.COMPATIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityCheckerTest {
  /**
   * Earlier and newer schema of the property p of a closed object, place of the change below p, its
   * effect.
   */
  static Stream<Arguments> changesOfAProperty() {
    return Stream.of(
        Arguments.of("{'type':'string'}", "{'type':['string','null']}", "/type", COMPATIBLE),
        Arguments.of("{'type':['string','null']}", "{'type':'string'}", "/type", BREAKS_SOME),
        Arguments.of("{'type':'integer'}", "{'type':'number'}", "/type", COMPATIBLE),
        Arguments.of("{'type':'number'}", "{'type':'integer'}", "/type", BREAKS_SOME),
        Arguments.of("{'enum':['a','b']}", "{'enum':['b','a','c']}", "/enum", COMPATIBLE),
        Arguments.of("{'enum':['a','b']}", "{'enum':['a']}", "/enum", BREAKS_SOME),
        Arguments.of("{'enum':['a','b']}", "{'type':'string'}", "/enum", COMPATIBLE),
        Arguments.of("{'enum':['a','b']}", "{'maxLength':1}", "/maxLength", COMPATIBLE),
        Arguments.of("{'const':1}", "{'enum':[1.0,2]}", "/enum", COMPATIBLE),
        Arguments.of("{'type':'boolean'}", "{'enum':[true,false]}", "/enum", COMPATIBLE),
        Arguments.of("{'minimum':1}", "{'minimum':0}", "/minimum", COMPATIBLE),
        Arguments.of("{'minimum':0}", "{'minimum':1}", "/minimum", BREAKS_SOME),
        Arguments.of(
            "{'type':'integer','minimum':1}",
            "{'type':'integer','exclusiveMinimum':0}",
            "/exclusiveMinimum",
            COMPATIBLE),
        Arguments.of("{'multipleOf':4}", "{'multipleOf':2}", "/multipleOf", COMPATIBLE),
        Arguments.of("{'multipleOf':2}", "{'multipleOf':4}", "/multipleOf", BREAKS_SOME),
        Arguments.of("{'maxLength':5}", "{'maxLength':6}", "/maxLength", COMPATIBLE),
        Arguments.of("{'maxLength':6}", "{'maxLength':5}", "/maxLength", BREAKS_SOME),
        Arguments.of(
            "{'type':'integer'}", "{'type':'integer','maxLength':5}", "/maxLength", COMPATIBLE),
        Arguments.of("{'pattern':'^a'}", "{}", "/pattern", COMPATIBLE),
        Arguments.of("{}", "{'pattern':'^a'}", "/pattern", BREAKS_SOME),
        Arguments.of("{'format':'uuid'}", "{'maxLength':36}", "/maxLength", COMPATIBLE),
        Arguments.of("{}", "{'format':'uuid'}", "/format", BREAKS_SOME),
        Arguments.of("{}", "{'format':'no-such'}", "/format", COMPATIBLE),
        Arguments.of("{'items':{'type':'string'}}", "{'items':{}}", "/items/type", COMPATIBLE),
        Arguments.of("{'items':{}}", "{'items':{'type':'string'}}", "/items/type", BREAKS_SOME),
        Arguments.of("{'maxItems':1}", "{'uniqueItems':true}", "/uniqueItems", COMPATIBLE),
        Arguments.of(
            "{'type':'string'}",
            "{'anyOf':[{'type':'string'},{'type':'null'}]}",
            "/anyOf",
            COMPATIBLE),
        Arguments.of(
            "{'type':['string','null']}",
            "{'oneOf':[{'type':'string'},{'type':'null'}]}",
            "/oneOf",
            COMPATIBLE),
        Arguments.of(
            "{'type':'string'}",
            "{'oneOf':[{'type':'string'},{'maxLength':5}]}",
            "/oneOf",
            BREAKS_SOME),
        Arguments.of(
            "{'anyOf':[{'const':1},{'const':'x'}]}",
            "{'type':['integer','string']}",
            "/type",
            COMPATIBLE),
        Arguments.of("{'allOf':[{'maxLength':3}]}", "{'maxLength':4}", "/maxLength", COMPATIBLE),
        Arguments.of(
            "{'not':{'type':'string'}}", "{'not':{'const':'x'}}", "/not/const", COMPATIBLE),
        Arguments.of("{'not':{'const':'x'}}", "{'not':{'type':'string'}}", "/not", BREAKS_SOME),
        Arguments.of(
            "{'type':'object','properties':{'a':{'type':'string'}}}",
            "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}}}",
            "/properties/b",
            ASSUMED),
        Arguments.of(
            "{'type':'object','additionalProperties':{'type':'integer'}}",
            "{'type':'object','additionalProperties':{'type':'integer'},'properties':{'b':{'type':'string'}}}",
            "/properties/b/type",
            BREAKS_SOME),
        Arguments.of(
            "{'type':'object','properties':{'a':{}}}",
            "{'type':'object','properties':{'a':{}},'additionalProperties':false}",
            "/additionalProperties",
            BREAKS_SOME),
        Arguments.of(
            "{'patternProperties':{'^a_':{'type':'string'}}}",
            "{'patternProperties':{'^a_':{}}}",
            "/patternProperties/^a_/type",
            COMPATIBLE));
  }

  @ParameterizedTest
  @MethodSource("changesOfAProperty")
  void judgesAChangeOfAProperty(String earlier, String newer, String place, Effect effect) {
    Comparison comparison = CompatibilityChecker.compare(object(earlier), object(newer));
    assertThat(comparison.changes())
        .filteredOn(change -> change.pointer().equals("/properties/p" + place))
        .as("%s", comparison)
        .singleElement()
        .satisfies(change -> assertThat(change.effect()).isEqualTo(effect));
    assertThat(comparison.requiredLabel()).isEqualTo(effect.label());
  }

  @Test
  void callsAnOptionalPropertyOfAClosedObjectAnAddition() {
    Comparison comparison =
        CompatibilityChecker.compare(
            json("{'type':'object','properties':{'a':{}},'additionalProperties':false}"),
            json(
                "{'type':'object','properties':{'a':{},'b':{'type':'string'}},'additionalProperties':false}"));
    assertThat(comparison.strictlyCompatible()).isTrue();
    assertThat(comparison.changes()).extracting(Change::pointer).containsExactly("/properties/b");
  }

  @Test
  void callsANewRequiredPropertyAModel() {
    for (String rest : new String[] {"", ",'additionalProperties':false"}) {
      Comparison comparison =
          CompatibilityChecker.compare(
              json("{'type':'object','properties':{'a':{}}" + rest + "}"),
              json("{'type':'object','properties':{'a':{},'b':{}},'required':['b']" + rest + "}"));
      assertThat(comparison.requiredLabel()).isEqualTo(Label.MODEL);
      assertThat(comparison.worst())
          .hasValueSatisfying(c -> assertThat(c.pointer()).isEqualTo("/required"))
          .hasValueSatisfying(c -> assertThat(c.effect()).isEqualTo(BREAKS_ALL));
    }
  }

  @Test
  void callsRequiringADeclaredPropertyARevision() {
    Comparison comparison =
        CompatibilityChecker.compare(
            json("{'type':'object','properties':{'a':{}}}"),
            json("{'type':'object','properties':{'a':{}},'required':['a']}"));
    assertThat(comparison.requiredLabel()).isEqualTo(Label.REVISION);
  }

  @Test
  void pointsIntoTheEarlierDocumentAtWhatWasRemoved() {
    String closed = ",'additionalProperties':false}";
    Comparison optional =
        CompatibilityChecker.compare(
            json("{'type':'object','properties':{'a':{},'b':{}}" + closed),
            json("{'type':'object','properties':{'a':{}}" + closed));
    assertThat(optional.worst().orElseThrow().pointer()).isEqualTo("/properties/b");
    assertThat(optional.requiredLabel()).isEqualTo(Label.REVISION);
    Comparison required =
        CompatibilityChecker.compare(
            json("{'type':'object','properties':{'b':{}},'required':['b']" + closed),
            json("{'type':'object','properties':{'a':{}}" + closed));
    assertThat(required.requiredLabel()).isEqualTo(Label.MODEL);
  }

  @Test
  void looksThroughReferencesAndRecursion() {
    String tree =
        "{'$ref':'#/$defs/n','$defs':{'n':{'properties':{'v':{'maxLength':%s},'kids':{'items':{'$ref':'#/$defs/n'}}}}}}";
    JsonNode five = json(String.format(tree, 5));
    JsonNode nine = json(String.format(tree, 9));
    assertThat(CompatibilityChecker.compare(five, nine).strictlyCompatible()).isTrue();
    Comparison narrower = CompatibilityChecker.compare(nine, five);
    assertThat(narrower.requiredLabel()).isEqualTo(Label.REVISION);
    assertThat(narrower.worst().orElseThrow().pointer())
        .isEqualTo("/$defs/n/properties/v/maxLength");
  }

  @Test
  void readsTheBooleanBoundsOfDraft4() {
    String draft4 =
        "{'$schema':'http://json-schema.org/draft-04/schema#','type':'integer','minimum':%s,'exclusiveMinimum':%s}";
    JsonNode fromOne = json(String.format(draft4, 1, false));
    JsonNode aboveZero = json(String.format(draft4, 0, true));
    JsonNode aboveOne = json(String.format(draft4, 1, true));
    assertThat(CompatibilityChecker.compare(fromOne, aboveZero).strictlyCompatible()).isTrue();
    assertThat(CompatibilityChecker.compare(fromOne, aboveOne).strictlyCompatible()).isFalse();
  }

  @Test
  void takesAChangeOfDraftForARevisionOnlyWhereItMatters() {
    String neutral = "{'$schema':'%s','type':'object','properties':{'a':{'type':'string'}}}";
    String draft7 = "http://json-schema.org/draft-07/schema#";
    String latest = "https://json-schema.org/draft/2020-12/schema";
    assertThat(
            CompatibilityChecker.compare(
                    json(String.format(neutral, draft7)), json(String.format(neutral, latest)))
                .requiredLabel())
        .isEqualTo(Label.ADDITION);
    String tuple = "{'$schema':'%s','dependencies':{'a':['b']}}";
    assertThat(
            CompatibilityChecker.compare(
                    json(String.format(tuple, draft7)), json(String.format(tuple, latest)))
                .requiredLabel())
        .isEqualTo(Label.REVISION);
  }

  @Test
  void passesOverAnnotations() {
    assertThat(
            CompatibilityChecker.compare(
                    json("{'properties':{'description':{'description':'one'}}}"),
                    json("{'title':'T','properties':{'description':{'description':'two'}}}"))
                .changes())
        .isEmpty();
  }

  private static JsonNode object(String property) {
    return json(
        "{'type':'object','properties':{'p':" + property + "},'additionalProperties':false}");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
