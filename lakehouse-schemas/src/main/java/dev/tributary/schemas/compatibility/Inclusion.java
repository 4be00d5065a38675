package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves that what is valid under earlier schemas is valid under a newer one, keyword by keyword,
 * and returns a finding for each keyword where no proof was found. Without a finding the inclusion
 * holds; a finding may be over-cautious.
 *
 * <p>Recursive schemas are handled by induction over the depth of the instance: a question met
 * again on the way to its own answer is taken as answered. The number of questions is limited; past
 * the limit nothing is proven.
 */
final class Inclusion {
  private static final int MAX_QUESTIONS = 50_000;
  private static final int MAX_SPLITS = 3;

  private final Set<Question> open = new HashSet<>();
  private final Disjointness disjointness = new Disjointness(false);
  private final Disjointness assumedDisjointness = new Disjointness(true);
  private int questions;

  private record Question(Conjunction.Id earlier, SchemaNode.Id newer) {}

  /** Findings, none when every instance like {@code earlier} is valid under {@code newer}. */
  List<Finding> check(Conjunction earlier, SchemaNode newer) {
    return check(earlier, newer, MAX_SPLITS);
  }

  private List<Finding> check(Conjunction earlier, SchemaNode newer, int splits) {
    if (earlier.impossible() || earlier.members().stream().anyMatch(m -> m.sameAs(newer))) {
      return List.of();
    }
    if (++questions > MAX_QUESTIONS) {
      return List.of(Finding.breaking(newer.pointer(), "the schemas are too involved to compare"));
    }
    Question question = new Question(earlier.id(), newer.id());
    if (!open.add(question)) {
      return List.of();
    }
    try {
      List<Finding> direct = direct(earlier, newer);
      return direct.isEmpty() || splits == 0 ? direct : split(earlier, newer, splits, direct);
    } finally {
      open.remove(question);
    }
  }

  /**
   * Where the earlier schema knows alternatives, the inclusion may hold for each of them by itself.
   */
  private List<Finding> split(
      Conjunction earlier, SchemaNode newer, int splits, List<Finding> direct) {
    List<Finding> best = direct;
    for (SchemaNode member : earlier.members()) {
      for (List<SchemaNode> branches : Conjunction.branches(member)) {
        if (earlier.members().stream().anyMatch(branches::contains)) {
          continue;
        }
        Set<Finding> all = new LinkedHashSet<>();
        branches.forEach(branch -> all.addAll(check(earlier.and(branch), newer, splits - 1)));
        if (graver(best, all)) {
          best = List.copyOf(all);
        }
      }
    }
    return best;
  }

  private static boolean graver(List<Finding> findings, Set<Finding> others) {
    long breaking = findings.stream().filter(f -> !f.assumed()).count();
    long otherBreaking = others.stream().filter(f -> !f.assumed()).count();
    return otherBreaking < breaking || otherBreaking == breaking && others.size() < findings.size();
  }

  private List<Finding> direct(Conjunction earlier, SchemaNode newer) {
    if (newer.isFalse()) {
      return List.of(Finding.breaking(newer.pointer(), "no value is accepted here any more"));
    }
    List<Finding> findings = new ArrayList<>();
    reference(earlier, newer, findings);
    new ScalarInclusion(earlier, newer, findings).check();
    new ArrayInclusion(this, earlier, newer, findings).check();
    new ObjectInclusion(this, earlier, newer, findings).check();
    newer.list("allOf").forEach(member -> findings.addAll(check(earlier, member)));
    anyOf(earlier, newer, findings);
    oneOf(earlier, newer, findings);
    not(earlier, newer, findings);
    conditional(earlier, newer, findings);
    return findings;
  }

  private void reference(Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    for (String keyword : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
      if (newer.has(keyword)) {
        Optional<SchemaNode> target = keyword.equals("$ref") ? newer.reference() : Optional.empty();
        target.ifPresentOrElse(
            node -> findings.addAll(check(earlier, node)),
            () -> findings.add(unproven(newer, keyword)));
      }
    }
  }

  private void anyOf(Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    List<SchemaNode> branches = newer.list("anyOf");
    if (!newer.has("anyOf") || kept(earlier, newer, "anyOf")) {
      return;
    }
    for (Conjunction part : parts(earlier)) {
      Optional<List<Finding>> best = best(part, branches, false);
      if (best.isEmpty()) {
        findings.add(noBranch(newer, "anyOf", part));
        return;
      }
      findings.addAll(best.get());
    }
  }

  private void oneOf(Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    List<SchemaNode> branches = newer.list("oneOf");
    if (!newer.has("oneOf") || kept(earlier, newer, "oneOf")) {
      return;
    }
    for (Conjunction part : parts(earlier)) {
      Optional<List<Finding>> best = best(part, branches, true);
      if (best.isEmpty()) {
        findings.add(noBranch(newer, "oneOf", part));
        return;
      }
      findings.addAll(best.get());
    }
  }

  /**
   * The findings of a branch that accepts the part, at most assumed ones; only of one branch, where
   * one is asked.
   */
  private Optional<List<Finding>> best(
      Conjunction part, List<SchemaNode> branches, boolean onlyOne) {
    Optional<List<Finding>> best = Optional.empty();
    for (SchemaNode branch : branches) {
      List<Finding> findings = new ArrayList<>(check(part, branch));
      boolean accepts = findings.stream().allMatch(Finding::assumed);
      if (accepts && (!onlyOne || othersRefuse(part, branch, branches, findings))) {
        if (best.isEmpty() || findings.size() < best.get().size()) {
          best = Optional.of(findings);
        }
      }
    }
    return best;
  }

  private boolean othersRefuse(
      Conjunction part, SchemaNode branch, List<SchemaNode> branches, List<Finding> findings) {
    for (SchemaNode other : branches) {
      if (other.equals(branch) || disjointness.holds(part, other)) {
        continue;
      }
      if (!assumedDisjointness.holds(part, other)) {
        return false;
      }
      findings.add(
          Finding.assumed(
              other.pointer(),
              "this branch of oneOf asks for properties that the data accepted by another branch did not declare"));
    }
    return true;
  }

  /** The instance taken kind by kind, or value by value where there are few. */
  private static List<Conjunction> parts(Conjunction earlier) {
    Optional<Set<JsonNode>> values = earlier.values().filter(set -> set.size() <= 64);
    return values.isPresent()
        ? values.get().stream().map(earlier::of).toList()
        : earlier.kinds().stream().map(earlier::of).toList();
  }

  private static Finding noBranch(SchemaNode newer, String keyword, Conjunction part) {
    return Finding.breaking(
        newer.pointer(keyword),
        "no branch of "
            + keyword
            + " is proven to accept every "
            + part.values().map(Values::describe).orElse(Kind.describe(part.kinds()))
            + " that was valid"
            + (keyword.equals("oneOf") ? ", and no other branch to refuse it" : ""));
  }

  private void not(Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    Optional<SchemaNode> forbidden = newer.child("not");
    if (forbidden.isEmpty() || disjointness.holds(earlier, forbidden.get())) {
      return;
    }
    Conjunction nowForbidden = Conjunction.of(List.of(forbidden.get()));
    boolean forbiddenBefore =
        earlier.members().stream()
            .flatMap(member -> member.child("not").stream())
            .anyMatch(before -> check(nowForbidden, before).isEmpty());
    if (!forbiddenBefore) {
      findings.add(
          Finding.breaking(
              newer.pointer("not"), "not forbids what was not proven to be forbidden before"));
    }
  }

  private void conditional(Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    if (!newer.has("if") || !newer.has("then") && !newer.has("else")) {
      return;
    }
    for (SchemaNode member : earlier.members()) {
      if (same(member, newer, "if") && same(member, newer, "then") && same(member, newer, "else")) {
        return;
      }
    }
    for (String keyword : List.of("then", "else")) {
      boolean proven = newer.child(keyword).map(c -> check(earlier, c).isEmpty()).orElse(true);
      if (!proven) {
        findings.add(unproven(newer, keyword));
      }
    }
  }

  /** Whether an earlier schema has the same keyword with the same meaning. */
  static boolean kept(Conjunction earlier, SchemaNode newer, String keyword) {
    return earlier.members().stream()
        .anyMatch(member -> member.has(keyword) && same(member, newer, keyword));
  }

  static boolean same(SchemaNode one, SchemaNode other, String keyword) {
    return one.has(keyword) == other.has(keyword)
        && (!one.has(keyword) || one.at(keyword).sameAs(other.at(keyword)));
  }

  static Finding unproven(SchemaNode newer, String keyword) {
    return Finding.breaking(
        newer.pointer(keyword),
        keyword + " is new or changed here, and what was valid is not proven to satisfy it");
  }
}
