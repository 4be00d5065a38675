package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves that no instance is valid under both of two schemas. An answer is a proof; no answer says
 * nothing.
 *
 * <p>It can be asked to assume, as {@link Effect#ASSUMED} does, that data of the first schema carry
 * no property that schema does not describe.
 */
final class Disjointness {
  private static final int MAX_QUESTIONS = 20_000;

  private final boolean assuming;
  private final Set<Question> open = new HashSet<>();
  private int questions;

  private record Question(Conjunction.Id first, Conjunction.Id second) {}

  Disjointness(boolean assuming) {
    this.assuming = assuming;
  }

  boolean holds(Conjunction first, SchemaNode second) {
    return proof(first, second).isPresent();
  }

  /** Where and why nothing valid under the first is valid under the second. */
  Optional<Finding> proof(Conjunction first, SchemaNode second) {
    return proof(first, Conjunction.of(List.of(second)), second.pointer(), 3);
  }

  private Optional<Finding> proof(
      Conjunction first, Conjunction second, String pointer, int depth) {
    Question question = new Question(first.id(), second.id());
    if (++questions > MAX_QUESTIONS || !open.add(question)) {
      return Optional.empty();
    }
    try {
      return byKind(first, second, pointer)
          .or(() -> byBranches(first, second, pointer, depth))
          .map(f -> new Finding(f.pointer(), Effect.BREAKS_ALL, f.why()));
    } finally {
      open.remove(question);
    }
  }

  /** Each kind they share must be shown to hold no common value. */
  private Optional<Finding> byKind(Conjunction first, Conjunction second, String pointer) {
    Set<Kind> shared = EnumSet.noneOf(Kind.class);
    shared.addAll(first.kinds());
    shared.retainAll(second.kinds());
    Optional<Finding> why =
        Optional.of(
            Finding.breaking(
                pointer + (second.members().get(0).has("type") ? "/type" : ""),
                "it was "
                    + Kind.describe(first.kinds())
                    + " and is now "
                    + Kind.describe(second.kinds())));
    if (noCommonValue(first, second)) {
      return Optional.of(Finding.breaking(pointer, "none of the former values is left"));
    }
    for (Kind kind : shared) {
      why = byKind(kind, first.of(kind), second.of(kind), pointer);
      if (why.isEmpty()) {
        return why;
      }
    }
    return why;
  }

  private static boolean noCommonValue(Conjunction first, Conjunction second) {
    Optional<Set<JsonNode>> one = first.values();
    Optional<Set<JsonNode>> other = second.values();
    return one.isPresent() && other.isPresent() && Collections.disjoint(one.get(), other.get());
  }

  private Optional<Finding> byKind(
      Kind kind, Conjunction first, Conjunction second, String pointer) {
    return switch (kind) {
      case OBJECT -> objects(first.object(), second.object(), pointer);
      case INTEGER, FRACTION -> numbers(first, second, pointer);
      case STRING ->
          lengths(
              first.atLeast("minLength"),
              first.longest().orElse(Long.MAX_VALUE),
              second.atLeast("minLength"),
              second.longest().orElse(Long.MAX_VALUE),
              pointer);
      case ARRAY ->
          lengths(
              first.atLeast("minItems"),
              first.atMost("maxItems").orElse(Long.MAX_VALUE),
              second.atLeast("minItems"),
              second.atMost("maxItems").orElse(Long.MAX_VALUE),
              pointer);
      case NULL, BOOLEAN -> Optional.empty();
    };
  }

  private static Optional<Finding> numbers(Conjunction first, Conjunction second, String pointer) {
    boolean apart =
        apart(first.bound(false), second.bound(true))
            || apart(second.bound(false), first.bound(true));
    return apart
        ? Optional.of(
            Finding.breaking(pointer, "the former range and the new one have no number in common"))
        : Optional.empty();
  }

  private static boolean apart(Optional<Bound> lower, Optional<Bound> upper) {
    return lower.isPresent() && upper.isPresent() && lower.get().excludes(upper.get());
  }

  private static Optional<Finding> lengths(
      long firstLeast, long firstMost, long secondLeast, long secondMost, String pointer) {
    return firstLeast > secondMost || secondLeast > firstMost
        ? Optional.of(Finding.breaking(pointer, "no former length is admitted now"))
        : Optional.empty();
  }

  /** One property that must be there, and whose values cannot satisfy both, is enough. */
  private Optional<Finding> objects(ObjectKnowledge first, ObjectKnowledge second, String pointer) {
    Set<String> needed = new LinkedHashSet<>(second.required());
    needed.addAll(first.required());
    for (String name : needed) {
      Optional<Finding> why = property(name, first, second, pointer);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> property(
      String name, ObjectKnowledge first, ObjectKnowledge second, String pointer) {
    boolean unknown = assuming && !first.describes(name);
    if (second.required().contains(name) && (unknown || first.property(name).impossible())) {
      return Optional.of(
          Finding.breaking(
              requiredPointer(name, second, pointer),
              "property "
                  + name
                  + " is required, and "
                  + (unknown ? "was not declared" : "was not accepted")));
    }
    if (first.required().contains(name) && second.property(name).impossible()) {
      return Optional.of(
          Finding.breaking(
              removedPointer(name, first, pointer),
              "property " + name + " was required and is no longer accepted"));
    }
    List<SchemaNode> schemas = second.property(name).members();
    return schemas.isEmpty()
        ? Optional.empty()
        : proof(first.property(name), second.property(name), schemas.get(0).pointer(), 2);
  }

  private static String requiredPointer(String name, ObjectKnowledge object, String pointer) {
    for (SchemaNode member : object.members()) {
      for (JsonNode required : member.get("required")) {
        if (required.asText().equals(name)) {
          return member.pointer("required");
        }
      }
    }
    return pointer;
  }

  private static String removedPointer(String name, ObjectKnowledge object, String pointer) {
    return object.members().stream()
        .filter(member -> member.get("properties").has(name))
        .map(member -> member.at("properties", name).pointer())
        .findFirst()
        .orElse(pointer);
  }

  /** With alternatives on one side, each must be disjoint from the other side. */
  private Optional<Finding> byBranches(
      Conjunction first, Conjunction second, String pointer, int depth) {
    if (depth == 0) {
      return Optional.empty();
    }
    Optional<Finding> found =
        allBranches(first, branch -> proof(branch, second, pointer, depth - 1));
    return found.isPresent()
        ? found
        : allBranches(second, branch -> proof(first, branch, pointer, depth - 1));
  }

  private static Optional<Finding> allBranches(
      Conjunction side, java.util.function.Function<Conjunction, Optional<Finding>> proof) {
    for (SchemaNode member : side.members()) {
      for (List<SchemaNode> branches : Conjunction.branches(member)) {
        List<Finding> proofs = new ArrayList<>();
        branches.forEach(branch -> proof.apply(side.and(branch)).ifPresent(proofs::add));
        if (!branches.isEmpty() && proofs.size() == branches.size()) {
          return Optional.of(proofs.get(0));
        }
      }
    }
    return Optional.empty();
  }
}
