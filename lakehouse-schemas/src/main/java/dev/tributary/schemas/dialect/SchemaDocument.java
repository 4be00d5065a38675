package dev.tributary.schemas.dialect;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema document with its subschemas found and its references resolvable. References reach
 * the document itself, by pointer, anchor or embedded identifier, and the meta-schemas; nothing
 * else.
 */
public final class SchemaDocument {
  /** The keywords that refer to another schema. */
  public static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

  private static final String NAMELESS = "tributary:/document";

  /**
   * A schema within the document.
   *
   * @param pointer its place
   * @param node an object, or a boolean from draft 6 on
   * @param base the URI against which its references resolve
   */
  public record Place(JsonPointer pointer, JsonNode node, String base) {
    public Place at(String keyword) {
      return new Place(pointer.appendProperty(keyword), node.path(keyword), base);
    }

    public Place at(int index) {
      return new Place(pointer.appendIndex(index), node.path(index), base);
    }
  }

  private final Dialect dialect;
  private final Map<JsonPointer, Place> places = new LinkedHashMap<>();
  private final Map<String, Place> named = new HashMap<>();
  private final Place root;

  private SchemaDocument(JsonNode document, Dialect dialect) {
    this.dialect = dialect;
    named.put(NAMELESS, new Place(JsonPointer.empty(), document, NAMELESS));
    index(new Place(JsonPointer.empty(), document, NAMELESS));
    this.root = places.get(JsonPointer.empty());
  }

  /** Indexes a document; its {@code $schema} must be a known one. */
  public static SchemaDocument of(JsonNode document) {
    return new SchemaDocument(
        document, Dialect.of(document).orElseThrow(() -> DialectErrors.unknown(document)));
  }

  public Dialect dialect() {
    return dialect;
  }

  public Place root() {
    return root;
  }

  /** All schemas in the document, the root first. */
  public List<Place> subschemas() {
    return List.copyOf(places.values());
  }

  private void index(Place found) {
    if (!found.node().isObject() && !found.node().isBoolean()) {
      return;
    }
    Place place = new Place(found.pointer(), found.node(), base(found));
    places.put(place.pointer(), place);
    named.putIfAbsent(place.base(), place);
    for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
      name(place, place.node().path(keyword));
    }
    SubschemaKeywords.children(place).forEach(this::index);
  }

  private String base(Place place) {
    JsonNode id = place.node().path(dialect.idKeyword());
    boolean ignored = dialect.ignoresSiblingsOfRef() && place.node().has("$ref");
    if (!id.isTextual() || ignored) {
      return place.base();
    }
    if (id.textValue().startsWith("#")) {
      named.put(place.base() + id.textValue(), place);
      return place.base();
    }
    return resolve(place.base(), stripFragment(id.textValue()));
  }

  private void name(Place place, JsonNode anchor) {
    if (anchor.isTextual()) {
      named.put(place.base() + "#" + anchor.textValue(), place);
    }
  }

  /** Whether a reference at a place names something in this document or a meta-schema. */
  public boolean canResolve(Place from, String reference) {
    return resolve(from, reference).isPresent() || namesMetaSchema(from, reference);
  }

  /** What a reference at a place names, when that is in this document. */
  public Optional<Place> resolve(Place from, String reference) {
    String absolute = resolve(from.base(), reference);
    int hash = absolute.indexOf('#');
    String fragment = hash < 0 ? "" : decode(absolute.substring(hash + 1));
    Place resource = named.get(hash < 0 ? absolute : absolute.substring(0, hash));
    if (!fragment.startsWith("/")) {
      return fragment.isEmpty()
          ? Optional.ofNullable(resource)
          : Optional.ofNullable(named.get(absolute));
    }
    return resource == null ? Optional.empty() : below(resource, fragment);
  }

  private Optional<Place> below(Place resource, String fragment) {
    JsonPointer relative = JsonPointer.compile(fragment);
    JsonNode node = resource.node().at(relative);
    if (!node.isObject() && !node.isBoolean()) {
      return Optional.empty();
    }
    JsonPointer pointer = resource.pointer().append(relative);
    return Optional.of(places.getOrDefault(pointer, new Place(pointer, node, resource.base())));
  }

  private boolean namesMetaSchema(Place from, String reference) {
    String uri = stripFragment(resolve(from.base(), reference));
    for (Dialect known : Dialect.values()) {
      if (stripFragment(known.uri()).equals(uri)) {
        return true;
      }
    }
    return uri.matches("https://json-schema\\.org/draft/(2019-09|2020-12)/meta/[a-z-]+");
  }

  /**
   * A schema that applies itself to the same instance again, by references and combinations, if
   * there is one.
   */
  public Optional<Place> endlessReference() {
    Set<JsonPointer> done = new HashSet<>();
    for (Place place : places.values()) {
      if (leadsBack(place, new HashSet<>(), done)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private boolean leadsBack(Place place, Set<JsonPointer> path, Set<JsonPointer> done) {
    if (done.contains(place.pointer())) {
      return false;
    }
    if (!path.add(place.pointer())) {
      return true;
    }
    for (Place next : appliedInPlace(place)) {
      if (leadsBack(next, path, done)) {
        return true;
      }
    }
    path.remove(place.pointer());
    done.add(place.pointer());
    return false;
  }

  private List<Place> appliedInPlace(Place place) {
    List<Place> applied = new ArrayList<>();
    JsonNode reference = place.node().path("$ref");
    if (reference.isTextual()) {
      resolve(place, reference.textValue()).ifPresent(applied::add);
      if (dialect.ignoresSiblingsOfRef()) {
        return applied;
      }
    }
    for (Place child : SubschemaKeywords.inPlace(place)) {
      applied.add(places.getOrDefault(child.pointer(), child));
    }
    return applied;
  }

  private static String resolve(String base, String reference) {
    if (reference.startsWith("#")) {
      return base + reference;
    }
    try {
      return URI.create(base).resolve(reference).toString();
    } catch (IllegalArgumentException notAUri) {
      return reference;
    }
  }

  private static String stripFragment(String uri) {
    int hash = uri.indexOf('#');
    return hash < 0 ? uri : uri.substring(0, hash);
  }

  private static String decode(String fragment) {
    try {
      return java.net.URLDecoder.decode(
          fragment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return fragment;
    }
  }
}
