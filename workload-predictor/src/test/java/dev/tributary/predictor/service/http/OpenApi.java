package dev.tributary.predictor.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.tributary.predictor.service.RunJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;

/** Holds real answers against the schemas of the document that the service gives out. */
record OpenApi(JsonNode document) {
  static OpenApi of(HttpResponse<String> answer) throws IOException {
    return new OpenApi(RunJson.MAPPER.readTree(answer.body()));
  }

  /** The status must be documented for the operation, and the body fit its schema. */
  void describes(String method, String path, HttpResponse<String> answer) throws IOException {
    JsonNode response =
        document
            .path("paths")
            .path(path)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(answer.statusCode()));
    assertThat(response.isObject())
        .as("%s %s → %d is documented: %s", method, path, answer.statusCode(), answer.body())
        .isTrue();
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    JsonNode schema = response.path("content").path(type).path("schema");
    assertThat(schema.isObject()).as("%s of %s %s", type, method, path).isTrue();
    if (type.endsWith("json")) {
      assertThat(validator(schema).validate(RunJson.MAPPER.readTree(answer.body())))
          .as("%s %s: %s", method, path, answer.body())
          .isEmpty();
    }
  }

  private JsonSchema validator(JsonNode schema) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.path("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
  }
}
