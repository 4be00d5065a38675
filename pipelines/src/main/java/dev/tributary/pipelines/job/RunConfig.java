package dev.tributary.pipelines.job;

import java.util.Map;
import java.util.Optional;

/** The keys that every job takes besides its own. */
record RunConfig(
    OpenLineage openlineage, @Doc("Spark settings of this run") Map<String, String> spark) {

  /** Where lineage events go; without a URL none are sent. */
  record OpenLineage(
      @Doc("where lineage events go, http(s)://… or file:…; else $OPENLINEAGE_URL")
          Optional<String> url,
      @Doc("namespace of our jobs; else $OPENLINEAGE_NAMESPACE") Optional<String> namespace,
      @Doc("bearer token; else $OPENLINEAGE_API_KEY") @Secret Optional<String> apiKey) {}
}
