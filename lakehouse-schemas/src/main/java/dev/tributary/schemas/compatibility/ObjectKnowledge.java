package dev.tributary.schemas.compatibility;

import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.dialect.EcmaPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** What schemas that all hold say of the properties of an object. */
record ObjectKnowledge(List<SchemaNode> members) {
  /** Those that must be there. */
  Set<String> required() {
    Set<String> required = new LinkedHashSet<>();
    members.forEach(member -> member.get("required").forEach(name -> required.add(name.asText())));
    return required;
  }

  /** Those that have a schema of their own. */
  Set<String> listed() {
    Set<String> listed = new LinkedHashSet<>();
    members.forEach(member -> listed.addAll(member.names("properties")));
    return listed;
  }

  /** What is known of a property's value when it is there. */
  Conjunction property(String name) {
    List<SchemaNode> schemas = new ArrayList<>();
    members.forEach(member -> schemas.addAll(schemas(member, name)));
    return unlessEmpty(Conjunction.of(schemas));
  }

  /** The schemas one member applies to a property. */
  static List<SchemaNode> schemas(SchemaNode member, String name) {
    List<SchemaNode> schemas = new ArrayList<>();
    if (member.get("properties").has(name)) {
      schemas.add(member.at("properties", name));
    }
    for (String pattern : member.names("patternProperties")) {
      if (matches(pattern, name)) {
        schemas.add(member.at("patternProperties", pattern));
      }
    }
    if (schemas.isEmpty()) {
      member.others().ifPresent(schemas::add);
    }
    return schemas;
  }

  static boolean matches(String pattern, String name) {
    try {
      return EcmaPattern.compile(pattern).matches(name);
    } catch (PatternSyntaxException invalid) {
      return false;
    }
  }

  /** What is known of a property with no schema of its own. */
  Conjunction additional() {
    List<SchemaNode> schemas = new ArrayList<>();
    members.forEach(member -> member.others().ifPresent(schemas::add));
    return unlessEmpty(Conjunction.of(schemas));
  }

  /** Where no property may be there, none can have a value. */
  private Conjunction unlessEmpty(Conjunction value) {
    boolean empty =
        members.stream()
            .map(member -> member.get("maxProperties"))
            .anyMatch(limit -> limit.isNumber() && limit.asLong() == 0);
    return empty ? value.never() : value;
  }

  /** The schemas by pattern of name. */
  List<Patterned> patterned() {
    List<Patterned> patterned = new ArrayList<>();
    for (SchemaNode member : members) {
      for (String pattern : member.names("patternProperties")) {
        patterned.add(new Patterned(pattern, member.at("patternProperties", pattern)));
      }
    }
    return patterned;
  }

  /** A schema for the properties whose name matches a pattern. */
  record Patterned(String pattern, SchemaNode schema) {
    Conjunction knowledge() {
      return Conjunction.of(List.of(schema));
    }
  }

  /**
   * Whether a property is described, so that data carrying it are to be expected. A schema that
   * describes no property at all, or gives all others a schema, is a map: everything is to be
   * expected in it.
   */
  boolean describes(String name) {
    return required().contains(name)
        || isMap()
        || members.stream().anyMatch(m -> describes(m, name));
  }

  private boolean isMap() {
    return listed().isEmpty() && patterned().isEmpty();
  }

  private static boolean describes(SchemaNode member, String name) {
    boolean typedRest =
        member
            .others()
            .map(rest -> rest.place().node())
            .filter(n -> n.isObject() && !n.isEmpty())
            .isPresent();
    return member.get("properties").has(name)
        || typedRest
        || member.names("patternProperties").stream().anyMatch(p -> matches(p, name));
  }

  /** What is known of the names themselves. */
  Conjunction names() {
    List<SchemaNode> schemas = new ArrayList<>();
    members.stream()
        .filter(member -> member.since(Dialect.DRAFT_6))
        .forEach(member -> member.child("propertyNames").ifPresent(schemas::add));
    return Conjunction.of(schemas).of(Kind.STRING);
  }

  /** Whether only the listed properties can be there. */
  boolean closed() {
    return patterned().isEmpty() && additional().impossible();
  }
}
