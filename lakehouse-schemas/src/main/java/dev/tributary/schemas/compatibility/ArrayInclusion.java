package dev.tributary.schemas.compatibility;

import dev.tributary.schemas.dialect.Dialect;
import java.util.List;
import java.util.OptionalLong;

/** The keywords of arrays. */
final class ArrayInclusion {
  private final Inclusion inclusion;
  private final Conjunction earlier;
  private final SchemaNode newer;
  private final List<Finding> findings;

  ArrayInclusion(
      Inclusion inclusion, Conjunction earlier, SchemaNode newer, List<Finding> findings) {
    this.inclusion = inclusion;
    this.earlier = earlier;
    this.newer = newer;
    this.findings = findings;
  }

  void check() {
    if (!earlier.kinds().contains(Kind.ARRAY)) {
      return;
    }
    size();
    elements();
    contains();
    if (newer.get("uniqueItems").asBoolean(false) && !earlier.unique() && most() > 1) {
      breaking("uniqueItems", "the elements of an array must now differ from each other");
    }
    if (newer.has("unevaluatedItems") && !newer.get("unevaluatedItems").asBoolean(false)) {
      findings.add(Inclusion.unproven(newer, "unevaluatedItems"));
    }
  }

  private void size() {
    long least = newer.get("minItems").asLong(0);
    if (least > earlier.atLeast("minItems")) {
      breaking(
          "minItems",
          "an array must now have at least "
              + least
              + " elements, not "
              + earlier.atLeast("minItems"));
    }
    if (newer.get("maxItems").isNumber() && newer.get("maxItems").asLong() < most()) {
      breaking(
          "maxItems",
          "an array may now have at most " + newer.get("maxItems").asLong() + " elements");
    }
  }

  /**
   * How many elements an array could have: by {@code maxItems}, or because none may follow the
   * prefix.
   */
  private long most() {
    OptionalLong limit = earlier.atMost("maxItems");
    int prefix = earlier.prefixLength();
    long byElements = earlier.element(prefix).impossible() ? prefix : Long.MAX_VALUE;
    return Math.min(limit.orElse(Long.MAX_VALUE), byElements);
  }

  private void elements() {
    List<SchemaNode> prefix = newer.prefix();
    long most = most();
    for (int i = 0; i < prefix.size() && i < most; i++) {
      findings.addAll(inclusion.check(earlier.element(i), prefix.get(i)));
    }
    if (newer.rest().isPresent()) {
      int last = Math.max(prefix.size(), earlier.prefixLength());
      for (int i = prefix.size(); i <= last && i < most; i++) {
        findings.addAll(inclusion.check(earlier.element(i), newer.rest().get()));
      }
    }
  }

  private void contains() {
    if (!newer.has("contains") || !newer.since(Dialect.DRAFT_6)) {
      return;
    }
    boolean kept =
        earlier.members().stream()
            .anyMatch(
                member ->
                    Inclusion.same(member, newer, "contains")
                        && Inclusion.same(member, newer, "minContains")
                        && Inclusion.same(member, newer, "maxContains"));
    if (!kept) {
      findings.add(Inclusion.unproven(newer, "contains"));
    }
  }

  private void breaking(String keyword, String why) {
    findings.add(Finding.breaking(newer.pointer(keyword), why));
  }
}
