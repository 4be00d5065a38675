package dev.tributary.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares two versions of a schema by what they accept, not by how they are written.
 *
 * <p>The newer version is an ADDITION when everything valid under the earlier one is proven valid
 * under it, with one assumption that field practice makes: data carry no property their schema does
 * not describe (see {@link Effect#ASSUMED}). It is a MODEL when, under the same assumption, nothing
 * valid under the earlier one is valid under it. Anything between is a REVISION, and so is a change
 * for which no proof is found: the answer errs to the graver side. Formats count as far as they are
 * asserted, see {@link dev.tributary.schemas.dialect.AssertedFormats}.
 */
public final class CompatibilityChecker {
  private CompatibilityChecker() {}

  /**
   * All changes between two documents, both valid JSON Schema.
   *
   * @param earlier under which data may have been written
   * @param newer under which they shall be read
   */
  public static Comparison compare(JsonNode earlier, JsonNode newer) {
    List<Difference> differences = Difference.between(earlier, newer);
    if (differences.isEmpty()) {
      return new Comparison(List.of());
    }
    Map<String, Change> changes = new LinkedHashMap<>();
    for (Finding finding : findings(earlier, newer)) {
      changes.merge(finding.pointer(), change(finding), CompatibilityChecker::graver);
    }
    for (Difference difference : differences) {
      if (changes.keySet().stream().noneMatch(pointer -> concerns(pointer, difference))) {
        changes.put(
            difference.pointer(),
            new Change(difference.pointer(), Effect.COMPATIBLE, difference.describe()));
      }
    }
    return new Comparison(new ArrayList<>(changes.values()));
  }

  private static List<Finding> findings(JsonNode earlier, JsonNode newer) {
    SchemaNode before = SchemaNode.root(earlier);
    SchemaNode after = SchemaNode.root(newer);
    List<Finding> findings = new ArrayList<>();
    if (before.dialect() != after.dialect() && !DraftNeutrality.holds(before, after)) {
      findings.add(
          Finding.breaking("/$schema", "the two drafts read keywords used here differently"));
    }
    Conjunction data = Conjunction.of(List.of(before));
    findings.addAll(new Inclusion().check(data, after));
    Optional<Finding> nothingLeft =
        findings.isEmpty() ? Optional.empty() : new Disjointness(true).proof(data, after);
    nothingLeft.ifPresent(findings::add);
    return findings;
  }

  private static Change change(Finding finding) {
    return new Change(finding.pointer(), finding.effect(), finding.why());
  }

  private static Change graver(Change one, Change other) {
    return one.effect().compareTo(other.effect()) >= 0 ? one : other;
  }

  /** Whether a finding is at, within or around a difference. */
  private static boolean concerns(String finding, Difference difference) {
    return finding.equals(difference.pointer())
        || finding.startsWith(difference.pointer() + "/")
        || !finding.isEmpty() && difference.pointer().startsWith(finding + "/");
  }
}
