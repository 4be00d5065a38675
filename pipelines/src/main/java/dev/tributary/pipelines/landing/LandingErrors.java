package dev.tributary.pipelines.landing;

import dev.tributary.schemas.registry.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** Every failure of landing that its user can mend. */
final class LandingErrors {
  private static final int MOST_LISTED = 10;

  private LandingErrors() {}

  static LandingException refused(List<Refusal> refusals) {
    String listed =
        refusals.stream()
            .limit(MOST_LISTED)
            .map(r -> "\n  " + r.file() + " " + r.pointer() + ": " + r.reason() + "; " + r.fix())
            .collect(Collectors.joining());
    String more = refusals.size() > MOST_LISTED ? "\n  …" : "";
    return new LandingException(
        refusals.size() + " schema files must be mended before anything lands:" + listed + more);
  }

  static LandingException incompatible(String table, String column, String has, String wants) {
    return new LandingException(
        "Column %s of %s is %s in the lake, but the schemas now make it %s; give the schema a new MODEL, or restore the version that made the column"
            .formatted(column, table, has, wants));
  }
}
