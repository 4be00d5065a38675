package dev.tributary.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.schemas.registry.Refusal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryTest {
  private static final String ORDER = "com.shop/order/jsonschema/";
  private static final String CLOSED =
      "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object',"
          + "'properties':{'id':{'type':'string'}},'required':['id'],'additionalProperties':false}";

  @TempDir Path root;

  @Test
  void findsSchemasByKeyModelAndVersion() {
    write(ORDER + "1-0-0", CLOSED);
    write(ORDER + "1-0-1", CLOSED.replace("{'id'", "{'n':{'type':'integer'},'id'"));
    write(ORDER + "1-0-10.json", CLOSED.replace("{'id'", "{'n':{'type':'integer'},'id'"));
    write(ORDER + "2-0-0", CLOSED.replace("'id'", "'number'"));
    SchemaRegistry registry = accepted();
    assertThat(registry.versions("com.shop", "order", 1))
        .extracting(schema -> schema.key().version().toString())
        .containsExactly("1-0-0", "1-0-1", "1-0-10");
    assertThat(registry.latest("com.shop", "order", 1))
        .isEqualTo(registry.find(SchemaKey.parse("iglu:com.shop/order/jsonschema/1-0-10")));
    assertThat(registry.latest("com.shop", "order", 3)).isEmpty();
    assertThat(registry.all()).hasSize(4);
  }

  @Test
  void fingerprintsContentNotPlaces() throws IOException {
    write(ORDER + "1-0-0", CLOSED);
    String before = accepted().fingerprint();
    Path other = root.resolve("other");
    write("other/schemas/" + ORDER + "1-0-0", CLOSED);
    assertThat(SchemaRegistry.load(other).registry().fingerprint()).isEqualTo(before);
    write("other/schemas/" + ORDER + "1-0-0", CLOSED.replace("string", "integer"));
    assertThat(SchemaRegistry.load(other).registry().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void refusesWhatIsNotJson() {
    write(ORDER + "1-0-0", "{'type':}");
    assertThat(refusal().kind()).isEqualTo(Kind.NOT_JSON);
    assertThat(refusal().reason()).contains("line 1");
    write(ORDER + "1-0-0", "");
    assertThat(refusal().kind()).isEqualTo(Kind.NOT_JSON);
    write(ORDER + "1-0-0", CLOSED + "}");
    assertThat(refusal().kind()).isEqualTo(Kind.NOT_JSON);
  }

  @Test
  void refusesDuplicateKeysByPointer() {
    write(ORDER + "1-0-0", "{'properties':{'a':{'type':'string','type':'null'}}}");
    assertThat(refusal().kind()).isEqualTo(Kind.DUPLICATE_KEY);
    assertThat(refusal().pointer()).isEqualTo("/properties/a/type");
  }

  @Test
  void refusesWhatIsNotJsonSchemaByPointer() {
    write(ORDER + "1-0-0", "{'properties':{'a':{'type':'text'}}}");
    assertThat(refusal().kind()).isEqualTo(Kind.NOT_JSON_SCHEMA);
    assertThat(refusal().pointer()).isEqualTo("/properties/a/type");
    write(ORDER + "1-0-0", "[]");
    assertThat(refusal().kind()).isEqualTo(Kind.NOT_JSON_SCHEMA);
  }

  @Test
  void holdsAnIgluSchemaAgainstDraft4() {
    String iglu =
        "{'$schema':'http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#',"
            + "'self':{'vendor':'com.shop','name':'order','format':'jsonschema','version':'1-0-0'},"
            + "'properties':{'n':{'minimum':0,'exclusiveMinimum':true}}}";
    write(ORDER + "1-0-0", iglu);
    assertThat(accepted().all()).hasSize(1);
    write(ORDER + "1-0-0", iglu.replace("'exclusiveMinimum':true", "'exclusiveMinimum':0"));
    assertThat(refusal().pointer()).isEqualTo("/properties/n/exclusiveMinimum");
  }

  @Test
  void refusesUnknownMetaSchemas() {
    write(ORDER + "1-0-0", "{'$schema':'https://example.com/mine'}");
    assertThat(refusal().kind()).isEqualTo(Kind.UNKNOWN_META_SCHEMA);
    assertThat(refusal().fix()).contains("2020-12");
  }

  @Test
  void refusesASelfThatDisagreesWithThePath() {
    write(
        ORDER + "1-0-0",
        "{'self':{'vendor':'com.shop','name':'order','format':'jsonschema','version':'1-0-1'}}");
    assertThat(refusal().kind()).isEqualTo(Kind.SELF_DISAGREES);
    assertThat(refusal().pointer()).isEqualTo("/self/version");
  }

  @Test
  void refusesBothFilesOfOneVersion() {
    write("a/" + ORDER + "1-0-0", CLOSED);
    write("b/" + ORDER + "1-0-0", CLOSED);
    LoadReport report = SchemaRegistry.load(root.resolve("a"), root.resolve("b"));
    assertThat(report.registry().all()).isEmpty();
    assertThat(report.refusals()).hasSize(2).allMatch(r -> r.kind() == Kind.DUPLICATE_VERSION);
    assertThat(SchemaRegistry.load(root.resolve("a"), root.resolve("a/.")).refusals()).isEmpty();
  }

  @Test
  void refusesReferencesThatLeaveTheDocumentOrLeadNowhere() {
    write(ORDER + "1-0-0", "{'properties':{'a':{'$ref':'https://example.com/a.json'}}}");
    assertThat(refusal().kind()).isEqualTo(Kind.UNRESOLVED_REFERENCE);
    assertThat(refusal().pointer()).isEqualTo("/properties/a/$ref");
    write(ORDER + "1-0-0", "{'properties':{'a':{'$ref':'#/$defs/missing'}}}");
    assertThat(refusal().kind()).isEqualTo(Kind.UNRESOLVED_REFERENCE);
    write(ORDER + "1-0-0", "{'allOf':[{'$ref':'#'}]}");
    assertThat(refusal().reason()).contains("lead from here back to here");
    write(ORDER + "1-0-0", "{'properties':{'child':{'$ref':'#'}}}");
    assertThat(accepted().all()).hasSize(1);
  }

  @Test
  void refusesInvalidPatterns() {
    write(ORDER + "1-0-0", "{'patternProperties':{'a/(':{}}}");
    assertThat(refusal().kind()).isEqualTo(Kind.INVALID_PATTERN);
    assertThat(refusal().pointer()).isEqualTo("/patternProperties/a~1(");
  }

  @Test
  void refusesFilesBeyondTheLimits() {
    write(ORDER + "1-0-0", "{'description':'" + "x".repeat(1 << 20) + "'}");
    assertThat(refusal().kind()).isEqualTo(Kind.TOO_LARGE);
    write(ORDER + "1-0-0", "{'not':".repeat(200) + "{}" + "}".repeat(200));
    assertThat(refusal().kind()).isEqualTo(Kind.BEYOND_LIMITS);
    write(ORDER + "1-0-0", "{'properties':{'n':{'maximum':1e999999999}}}");
    assertThat(refusal().kind()).isEqualTo(Kind.BEYOND_LIMITS);
    assertThat(refusal().pointer()).isEqualTo("/properties/n/maximum");
  }

  @Test
  void refusesOtherFormatsAndPlaces() {
    write("com.shop/order/avro/1-0-0", "{}");
    assertThat(refusal().kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    write("com.shop/order/avro/1-0-0", null);
    write("com.shop/order/jsonschema/1.0.0", CLOSED);
    assertThat(refusal().kind()).isEqualTo(Kind.LAYOUT);
    assertThat(refusal().key()).isNull();
  }

  @Test
  void refusesAnUnderstatedLabelAndNamesTheRightOne() {
    write(ORDER + "1-0-0", CLOSED);
    write(ORDER + "1-0-1", CLOSED.replace("'string'", "'string','maxLength':10"));
    assertThat(refusal().kind()).isEqualTo(Kind.UNDERSTATED_LABEL);
    assertThat(refusal().pointer()).isEqualTo("/properties/id/maxLength");
    assertThat(refusal().reason()).contains("labelled ADDITION to 1-0-0, but it is a REVISION");
    assertThat(refusal().fix()).contains("1-1-0");
    LoadReport lenient = SchemaRegistry.load(LabelPolicy.REPORT, root);
    assertThat(lenient.registry().all()).hasSize(2);
    assertThat(lenient.warnings()).hasSize(1);
  }

  @Test
  void comparesWithTheLastAcceptedVersion() {
    write(ORDER + "1-0-0", CLOSED);
    write(ORDER + "1-0-1", CLOSED.replace("'string'", "'integer'"));
    write(ORDER + "1-0-2", CLOSED.replace("'string'", "['string','null']"));
    LoadReport report = SchemaRegistry.load(root);
    assertThat(report.refusals()).hasSize(1);
    assertThat(report.refusals().get(0).reason()).contains("it is a MODEL");
    assertThat(report.registry().versions("com.shop", "order", 1)).hasSize(2);
  }

  @Test
  void saysWhichDirectoryIsMissing() {
    assertThatThrownBy(() -> SchemaRegistry.load(root.resolve("nowhere")))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("nowhere");
  }

  private SchemaRegistry accepted() {
    LoadReport report = SchemaRegistry.load(root);
    assertThat(report.refusals()).isEmpty();
    return report.registry();
  }

  private Refusal refusal() {
    LoadReport report = SchemaRegistry.load(root);
    assertThat(report.refusals()).hasSize(1);
    return report.refusals().get(0);
  }

  private void write(String path, String singleQuoted) {
    try {
      Path file = root.resolve(path);
      if (singleQuoted == null) {
        Files.delete(file);
        return;
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, singleQuoted.replace('\'', '"'));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
