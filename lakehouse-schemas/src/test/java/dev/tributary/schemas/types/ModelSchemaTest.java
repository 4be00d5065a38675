package dev.tributary.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'integer'} | bigint",
        "{'type':'integer','minimum':0,'maximum':1} | bigint",
        "{'type':'integer','minimum':-9223372036854775808,'maximum':9223372036854775807} | bigint",
        "{'type':'integer','minimum':0,'maximum':9223372036854775808} | decimal(38,0)",
        "{'type':'integer','exclusiveMaximum':9223372036854775808} | bigint",
        "{'type':'integer','maximum':1e400} | decimal(38,0)",
        "{'type':'number'} | double",
        "{'type':'number','multipleOf':0.01} | decimal(18,2)",
        "{'type':'number','multipleOf':0.25} | decimal(18,2)",
        "{'type':'number','multipleOf':0.0000001} | decimal(38,7)",
        "{'type':'number','multipleOf':1e-300} | double",
        "{'type':'number','multipleOf':5} | bigint",
        "{'type':['integer','number']} | double",
        "{'type':['null','integer']} | bigint",
        "{'type':'boolean'} | boolean",
        "{'type':'string'} | string",
        "{'type':'string','format':'date-time'} | timestamp",
        "{'type':'string','format':'date'} | date",
        "{'type':'string','format':'email'} | string",
        "{'enum':['a','b',null]} | string",
        "{'enum':[1,2]} | bigint",
        "{'enum':[1,2.5]} | double",
        "{'enum':['a',1]} | json",
        "{'const':true} | boolean",
        "{'type':['string','integer']} | json",
        "{} | json",
        "true | json",
        "{'properties':{'a':{'type':'string'}}} | json",
        "{'type':'object'} | json",
        "{'type':'object','additionalProperties':{'type':'integer'}} | map<string,bigint>",
        "{'type':'object','additionalProperties':{}} | json",
        "{'type':'object','patternProperties':{'^a':{'type':'string'}},"
            + "'additionalProperties':false} | map<string,string>",
        "{'type':'array','items':{'type':'string'}} | array<string>",
        "{'type':'array'} | json",
        "{'type':'array','items':[{'type':'string'}]} | json",
        "{'type':'array','items':{'type':['string','integer']}} | json",
        "{'anyOf':[{'type':'string','format':'date-time'},{'type':'string'}]} | string",
        "{'oneOf':[{'type':'integer'},{'type':'null'}]} | bigint",
        "{'oneOf':[{'type':'integer'},{'type':'number'}]} | double",
        "{'oneOf':[{'type':'integer'},{'type':'string'}]} | json",
        "{'type':'string','anyOf':[{'minLength':1},{'pattern':'^a'}]} | string",
        "{'allOf':[{'type':['string','null']},{'type':['string','integer']}]} | string",
      })
  void mapsTypes(String schema, String sql) {
    assertThat(Models.columns(Models.modelOf(schema))).containsExactly("p " + sql);
  }

  @Test
  void anOpenObjectCollectsWhatItDoesNotNameAndAClosedOneDoesNot() {
    String object = "{'type':'object','properties':{'b':{'type':'integer'},'a':{'type':'string'}}";
    assertThat(Models.columns(Models.modelOf(object + "}")))
        .containsExactly("p struct<`a`:string,`b`:bigint,`additional_properties`:string>");
    assertThat(Models.columns(Models.modelOf(object + ",'additionalProperties':false}")))
        .containsExactly("p struct<`a`:string,`b`:bigint>");
  }

  @Test
  void alternativesOfObjectsAreOneStruct() {
    String closed = "'additionalProperties':false";
    String choice =
        "{'oneOf':[{'type':'object','properties':{'kind':{'const':'card'},'number':{'type':'string'}},%s},"
            + "{'type':'object','properties':{'kind':{'const':'bank'},'iban':{'type':'string'}},%s}]}";
    assertThat(Models.columns(Models.modelOf(choice.formatted(closed, closed))))
        .containsExactly("p struct<`kind`:string,`number`:string,`iban`:string>");
  }

  @Test
  void localReferencesAreFollowedUntilTheyRecur() {
    ModelSchema model =
        Models.model(
            "{'$schema':'http://json-schema.org/draft-07/schema#','definitions':{'node':{'type':"
                + "'object','properties':{'next':{'$ref':'#/definitions/node'},"
                + "'a/b':{'type':'integer'}},'additionalProperties':false}},'properties':"
                + "{'p':{'$ref':'#/definitions/node'},'q':{'$ref':"
                + "'#/definitions/node/properties/a~1b'},'r':{'$ref':'http://x/y'}}}");
    assertThat(Models.columns(model))
        .containsExactly("p struct<`a_b`:bigint,`next`:string>", "q bigint", "r json");
  }

  @Test
  void schemasThatExpandWithoutMeasureAreJsonText() {
    StringBuilder definitions = new StringBuilder("'d20':{'type':'integer'}");
    for (int i = 0; i < 20; i++) {
      String next = "{'$ref':'#/definitions/d" + (i + 1) + "'}";
      definitions
          .append(",'d" + i + "':{'allOf':[{'anyOf':[" + next + "," + next + "]},")
          .append("{'anyOf':[" + next + "," + next + "]}]}");
    }
    ModelSchema model =
        Models.model(
            "{'$schema':'http://json-schema.org/draft-07/schema#','definitions':{"
                + definitions
                + "},'properties':{'p':{'$ref':'#/definitions/d0'}}}");
    assertThat(Models.columns(model)).hasSize(1);
  }

  @Test
  void requiredColumnsComeFirstThenByCodePoint() {
    ModelSchema model = Models.model("{'required':['z'],'properties':{'b':{},'a':{},'z':{}}}");
    assertThat(model.columns())
        .extracting(Column::name)
        .containsExactly("z", "a", "b", "additional_properties");
  }

  @Test
  void laterVersionsAppendColumnsAndFields() {
    ModelSchema model =
        Models.model(
            "{'properties':{'z':{'type':'integer'},'o':{'type':'object','properties':"
                + "{'b':{'type':'string'}}}}}",
            "{'properties':{'a':{'type':'boolean'},'z':{'type':'integer','maximum':5},'o':{'type':"
                + "'object','properties':{'b':{'type':'integer'},'a':{'type':'string'}}}}}");
    assertThat(Models.columns(model))
        .containsExactly(
            "o struct<`b`:string,`additional_properties`:string,`a`:string,`b_1_0`:bigint>",
            "z bigint",
            "a boolean");
  }

  @Test
  void aTypeTheColumnCannotHoldGetsAColumnOfItsOwn() throws UnrepresentableException {
    ModelSchema model =
        Models.model(
            "{'properties':{'p':{'type':'integer'}}}",
            "{'properties':{'p':{'type':'string'}}}",
            "{'properties':{'p':{'type':'integer'}}}");
    assertThat(Models.columns(model)).containsExactly("p bigint", "p_1_0 string");
    assertThat(model.decoder(Models.version(1)).decode(Models.object("{'p':'x'}")))
        .containsExactly(null, "x", null);
    assertThat(model.decoder(Models.version(2)).decode(Models.object("{'p':7}")))
        .containsExactly(7L, null, null);
  }

  @Test
  void anOlderVersionLeavesWhatItDoesNotKnowToAdditionalProperties()
      throws UnrepresentableException {
    ModelSchema model =
        Models.model("{'properties':{}}", "{'properties':{'p':{'type':'integer'}}}");
    assertThat(model.decoder(Models.version(0)).decode(Models.object("{'p':'any','q':1}")))
        .containsExactly(null, "{\"p\":\"any\",\"q\":1}");
  }

  @Test
  void tagsAndDescriptionsComeFromAllVersionsAndFromWithin() {
    ModelSchema model =
        Models.model(
            "{'properties':{'p':{'description':'Old','type':'object','properties':{'mail':"
                + "{'type':'string','x-tags':['pii.email']}}}}}",
            "{'properties':{'p':{'description':'New','x-tags':['customer'],'type':'object',"
                + "'properties':{'mail':{'type':'string'}}}}}");
    assertThat(model.columns().get(0).tags()).containsExactly("customer", "pii.email");
    assertThat(model.columns().get(0).description()).isEqualTo("New");
  }

  @Test
  void namesAvoidTheEnvelopeAndEachOther() {
    ModelSchema model =
        Models.model(
            "{'properties':{'orderId':{},'order_id':{},'ORDER ID':{},'eventTime':{},'$browser':{},"
                + "'1st':{},'':{},'additional_properties':{}}}");
    assertThat(model.columns())
        .extracting(column -> column.property() + " → " + column.name())
        .containsExactly(
            " → property",
            "$browser → browser",
            "1st → property_1st",
            "ORDER ID → order_id_2",
            "additional_properties → property_additional_properties",
            "eventTime → property_event_time",
            "orderId → order_id_3",
            "order_id → order_id",
            "null → additional_properties");
  }

  @Test
  void aLongNameIsCutAndStaysUnique() {
    String stem = "x".repeat(200);
    ModelSchema model = Models.model("{'properties':{'" + stem + "a':{},'" + stem + "b':{}}}");
    List<String> names = model.columns().stream().map(Column::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names.get(0)).hasSize(120).startsWith("xxx");
  }

  @Test
  void refusesVersionsOutOfOrderAndUnknownOnes() {
    var versions = Models.versions(List.of(Models.json("{}"), Models.json("{}")));
    assertThatThrownBy(() -> ModelSchema.of(List.of(versions.get(1), versions.get(0))))
        .hasMessageContaining("ascending order");
    assertThatThrownBy(() -> ModelSchema.of(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> ModelSchema.of(versions).decoder(Models.version(7)))
        .hasMessageContaining("1-7-0")
        .hasMessageContaining("[1-0-0, 1-1-0]");
  }
}
