package dev.tributary.schemas.registry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaException;
import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.dialect.EcmaPattern;
import dev.tributary.schemas.dialect.Limits;
import dev.tributary.schemas.dialect.SchemaCompiler;
import dev.tributary.schemas.dialect.SchemaDocument;
import dev.tributary.schemas.dialect.SchemaDocument.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** The checks of one file by itself, in the order in which one makes the next meaningful. */
final class SchemaFile {
  private final Path file;
  private final SchemaKey key;
  private final SchemaRefusals refusals;

  private SchemaFile(Path file, SchemaKey key) {
    this.file = file;
    this.key = key;
    this.refusals = new SchemaRefusals(file, key);
  }

  static EventSchema read(RegistryFiles.Found found) throws RefusedException {
    SchemaKey key = key(found);
    SchemaFile self = new SchemaFile(found.file(), key);
    if (!key.format().equals(SchemaKey.JSON_SCHEMA)) {
      throw self.refusals.unsupportedFormat();
    }
    JsonNode document = new StrictJson(self.file, self.refusals).read();
    self.check(document);
    return new EventSchema(key, document, self.file);
  }

  private static SchemaKey key(RegistryFiles.Found found) throws RefusedException {
    String path = found.path().toString().replace('\\', '/');
    try {
      return SchemaKey.parse(path.endsWith(".json") ? path.substring(0, path.length() - 5) : path);
    } catch (IllegalArgumentException e) {
      throw new SchemaRefusals(found.file(), null).layout(path);
    }
  }

  private void check(JsonNode root) throws RefusedException {
    Optional<Limits.Excess> excess = Limits.exceeded(root);
    if (excess.isPresent()) {
      throw refusals.beyondLimits(excess.get().pointer().toString(), excess.get().message());
    }
    if (!root.isObject()) {
      throw refusals.notAnObject(root);
    }
    Dialect dialect = Dialect.of(root).orElseThrow(() -> refusals.unknownMetaSchema(root));
    checkSelf(root.get("self"));
    List<SchemaCompiler.Objection> objections = SchemaCompiler.objections(root, dialect);
    if (!objections.isEmpty()) {
      throw refusals.notJsonSchema(dialect, objections);
    }
    SchemaDocument document = SchemaDocument.of(root);
    for (Place place : document.subschemas()) {
      checkPatterns(place);
      checkReferences(document, place);
    }
    Optional<Place> endless = document.endlessReference();
    if (endless.isPresent()) {
      throw refusals.endlessReference(endless.get().pointer());
    }
    checkCompiles(root);
  }

  private void checkSelf(JsonNode self) throws RefusedException {
    if (self == null) {
      return;
    }
    checkSelf(self, "vendor", key.vendor());
    checkSelf(self, "name", key.name());
    checkSelf(self, "format", key.format());
    checkSelf(self, "version", key.version().toString());
  }

  private void checkSelf(JsonNode self, String member, String expected) throws RefusedException {
    JsonNode actual = self.path(member);
    if (!actual.isTextual() || !actual.textValue().equals(expected)) {
      throw refusals.selfDisagrees(member, actual, expected);
    }
  }

  private void checkPatterns(Place place) throws RefusedException {
    JsonNode pattern = place.node().path("pattern");
    if (pattern.isTextual()) {
      checkPattern(place.pointer().appendProperty("pattern"), pattern.textValue());
    }
    JsonPointer patterns = place.pointer().appendProperty("patternProperties");
    for (var names = place.node().path("patternProperties").fieldNames(); names.hasNext(); ) {
      String name = names.next();
      checkPattern(patterns.appendProperty(name), name);
    }
  }

  private void checkPattern(JsonPointer pointer, String pattern) throws RefusedException {
    try {
      EcmaPattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw refusals.invalidPattern(pointer, pattern, e.getDescription());
    }
  }

  private void checkReferences(SchemaDocument document, Place place) throws RefusedException {
    for (String keyword : SchemaDocument.REFERENCES) {
      JsonNode reference = place.node().path(keyword);
      if (reference.isTextual() && !document.canResolve(place, reference.textValue())) {
        throw refusals.unresolvedReference(
            place.pointer().appendProperty(keyword), reference.textValue());
      }
    }
  }

  /**
   * The checks above find what can be wrong and say where; this is the proof that nothing was
   * missed.
   */
  private void checkCompiles(JsonNode document) throws RefusedException {
    try {
      SchemaCompiler.compile(document);
    } catch (JsonSchemaException e) {
      throw refusals.doesNotCompile(e.getMessage());
    }
  }
}
