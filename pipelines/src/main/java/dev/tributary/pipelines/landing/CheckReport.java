package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.JobResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a check found: sums, and for each expectation how many break it. */
final class CheckReport {
  private final Map<String, Long> sums = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** How bad it is when an expectation does not hold. */
  enum Severity {
    FAILURE,
    WARNING
  }

  /**
   * One expectation.
   *
   * @param name snake_case, a key of the result
   * @param expectation what should hold, for people
   * @param broken how often it does not
   * @param examples a few places where it does not
   */
  record Finding(
      String name, String expectation, long broken, Severity severity, List<String> examples) {
    Finding {
      examples = List.copyOf(examples);
    }

    String verdict() {
      return broken == 0 ? "ok" : severity == Severity.FAILURE ? "FAILED" : "warning";
    }
  }

  void sums(Map<String, Long> all) {
    sums.putAll(all);
  }

  void add(String name, String expectation, long broken, Severity severity, List<String> examples) {
    findings.add(new Finding(name, expectation, broken, severity, examples));
  }

  void fails(String name, String expectation, Broken broken) {
    add(name, expectation, broken.count(), Severity.FAILURE, broken.examples());
  }

  /** How many rows break an expectation, and some of them. */
  record Broken(long count, List<String> examples) {
    static final Broken NONE = new Broken(0, List.of());
  }

  long failures() {
    return findings.stream()
        .filter(f -> f.broken() > 0 && f.severity() == Severity.FAILURE)
        .count();
  }

  /** The broken expectations in one sentence. */
  String failed() {
    return findings.stream()
        .filter(f -> f.broken() > 0 && f.severity() == Severity.FAILURE)
        .map(f -> "not in %,d places: %s".formatted(f.broken(), f.expectation()))
        .collect(Collectors.joining("; "));
  }

  JobResult result() {
    JobResult result = new JobResult(new LinkedHashMap<>(sums));
    for (Finding finding : findings) {
      result = result.and(finding.name(), finding.broken());
    }
    long warnings =
        findings.stream().filter(f -> f.broken() > 0 && f.severity() == Severity.WARNING).count();
    return result
        .and("checks", findings.size())
        .and("failed_checks", failures())
        .and("warnings", warnings);
  }

  /** The table for a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    sums.forEach((name, sum) -> lines.add("%-28s %,15d".formatted(name.replace('_', ' '), sum)));
    lines.add("");
    for (Finding finding : findings) {
      String number = finding.broken() == 0 ? "" : "%,d".formatted(finding.broken());
      lines.add("%-8s %12s  %s".formatted(finding.verdict(), number, finding.expectation()));
      if (finding.broken() > 0) {
        finding.examples().forEach(example -> lines.add(" ".repeat(23) + "· " + example));
      }
    }
    return lines;
  }
}
