package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.dialect.AssertedFormats;
import dev.tributary.schemas.dialect.CanonicalJson;
import dev.tributary.schemas.dialect.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of an instance: that it is valid under all of these schemas, is of one of these
 * kinds, and, where given, is one of these values. {@code $ref} and {@code allOf} are unfolded;
 * what cannot be used is left out, which only makes the knowledge weaker.
 */
final class Conjunction {
  private static final int MAX_MEMBERS = 64;

  private final List<SchemaNode> members;
  private final Set<Kind> restriction;
  private final Optional<Set<JsonNode>> given;

  private Conjunction(
      List<SchemaNode> members, Set<Kind> restriction, Optional<Set<JsonNode>> given) {
    this.members = members;
    this.restriction = restriction;
    this.given = given;
  }

  static Conjunction of(List<SchemaNode> schemas) {
    List<SchemaNode> members = new ArrayList<>();
    schemas.forEach(schema -> unfold(schema, members, new HashSet<>()));
    return new Conjunction(members, Kind.all(), Optional.empty());
  }

  private static void unfold(SchemaNode node, List<SchemaNode> into, Set<SchemaNode.Id> seen) {
    if (!seen.add(node.id()) || into.size() >= MAX_MEMBERS) {
      return;
    }
    into.add(node);
    node.reference().ifPresent(target -> unfold(target, into, seen));
    node.list("allOf").forEach(member -> unfold(member, into, seen));
  }

  Conjunction and(SchemaNode schema) {
    List<SchemaNode> more = new ArrayList<>(members);
    unfold(schema, more, new HashSet<>());
    return new Conjunction(more, restriction, given);
  }

  /** What no instance can be like. */
  Conjunction never() {
    return new Conjunction(members, EnumSet.noneOf(Kind.class), given);
  }

  Conjunction of(Kind kind) {
    return new Conjunction(members, EnumSet.of(kind), given);
  }

  Conjunction of(JsonNode value) {
    return new Conjunction(members, restriction, Optional.of(Set.of(CanonicalJson.of(value))));
  }

  /** What tells two conjunctions apart. */
  record Id(List<SchemaNode.Id> members, Set<Kind> kinds, Optional<Set<JsonNode>> given) {}

  Id id() {
    return new Id(members.stream().map(SchemaNode::id).toList(), restriction, given);
  }

  List<SchemaNode> members() {
    return members;
  }

  /** Whether no instance can be like this. */
  boolean impossible() {
    return kinds().isEmpty();
  }

  Set<Kind> kinds() {
    return kinds(4);
  }

  private Set<Kind> kinds(int depth) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    kinds.addAll(restriction);
    for (SchemaNode member : members) {
      if (member.isFalse()) {
        return EnumSet.noneOf(Kind.class);
      }
      if (member.has("type")) {
        kinds.retainAll(Kind.ofKeyword(member.get("type")));
      }
      if (depth > 0) {
        branches(member).forEach(branches -> kinds.retainAll(union(branches, depth - 1)));
      }
    }
    values().ifPresent(values -> kinds.retainAll(kindsOf(values)));
    return kinds;
  }

  private static Set<Kind> union(List<SchemaNode> branches, int depth) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    branches.forEach(branch -> kinds.addAll(of(List.of(branch)).kinds(depth)));
    return kinds;
  }

  private Set<Kind> kindsOf(Set<JsonNode> values) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    boolean draft4 = members.stream().anyMatch(member -> member.dialect() == Dialect.DRAFT_4);
    for (JsonNode value : values) {
      kinds.add(Kind.ofValue(value));
      if (draft4 && value.isNumber()) {
        kinds.add(Kind.FRACTION);
      }
    }
    return kinds;
  }

  /** The alternatives of a schema, one list for {@code anyOf} and one for {@code oneOf}. */
  static List<List<SchemaNode>> branches(SchemaNode node) {
    List<List<SchemaNode>> branches = new ArrayList<>();
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (node.get(keyword).isArray()) {
        branches.add(node.list(keyword));
      }
    }
    return branches;
  }

  /** All values the instance can have, where that is a finite set. */
  Optional<Set<JsonNode>> values() {
    Optional<Set<JsonNode>> values = given;
    for (SchemaNode member : members) {
      Optional<Set<JsonNode>> more = Values.of(member);
      if (values.isEmpty()) {
        values = more;
      } else if (more.isPresent()) {
        Set<JsonNode> both = new LinkedHashSet<>(values.get());
        both.retainAll(more.get());
        values = Optional.of(both);
      }
    }
    return values;
  }

  Optional<Bound> bound(boolean upper) {
    Optional<Bound> tightest = Optional.empty();
    for (SchemaNode member : members) {
      tightest = Bound.tighter(tightest, Bound.of(member, upper));
    }
    boolean integers = !kinds().contains(Kind.FRACTION);
    return integers ? tightest.map(Bound::forIntegers) : tightest;
  }

  /** The greatest of a lower limit such as {@code minLength}; 0 when there is none. */
  long atLeast(String keyword) {
    return members.stream().mapToLong(m -> m.get(keyword).asLong(0)).max().orElse(0);
  }

  /** The least of an upper limit such as {@code maxLength}, if there is one. */
  OptionalLong atMost(String keyword) {
    return members.stream()
        .filter(m -> m.get(keyword).isNumber())
        .mapToLong(m -> m.get(keyword).asLong())
        .min();
  }

  /** The longest string, by {@code maxLength} or by an asserted format. */
  OptionalLong longest() {
    long longest = atMost("maxLength").orElse(Long.MAX_VALUE);
    for (String format : texts("format")) {
      longest = Math.min(longest, AssertedFormats.longest(format).orElse(Integer.MAX_VALUE));
    }
    return longest >= Integer.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(longest);
  }

  /** All values of a keyword whose value is a text. */
  Set<String> texts(String keyword) {
    Set<String> texts = new HashSet<>();
    members.stream()
        .map(member -> member.get(keyword))
        .filter(JsonNode::isTextual)
        .forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  List<BigDecimal> divisors() {
    return members.stream()
        .map(member -> member.get("multipleOf"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::decimalValue)
        .toList();
  }

  boolean unique() {
    return members.stream().anyMatch(member -> member.get("uniqueItems").asBoolean(false));
  }

  /** What is known of the element at an index of an array. */
  Conjunction element(int index) {
    List<SchemaNode> schemas = new ArrayList<>();
    for (SchemaNode member : members) {
      List<SchemaNode> prefix = member.prefix();
      if (index < prefix.size()) {
        schemas.add(prefix.get(index));
      } else {
        member.rest().ifPresent(schemas::add);
      }
    }
    return of(schemas);
  }

  /** The index from which on all elements are alike. */
  int prefixLength() {
    return members.stream().mapToInt(member -> member.prefix().size()).max().orElse(0);
  }

  ObjectKnowledge object() {
    return new ObjectKnowledge(members);
  }
}
