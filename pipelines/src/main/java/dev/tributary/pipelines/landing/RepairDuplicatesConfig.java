package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Default;
import dev.tributary.pipelines.job.Doc;

/** What the repair is told. */
public record RepairDuplicatesConfig(
    @Doc("new looks at the ids that landed since the last repair, all at every id") @Default("new")
        Scope scope) {

  /** Which message ids are looked at; all rows of such an id are, however old. */
  public enum Scope {
    /** Those of files that the timeline gained since the last repair; all, where there was none. */
    NEW,
    /** Every one. */
    ALL
  }
}
