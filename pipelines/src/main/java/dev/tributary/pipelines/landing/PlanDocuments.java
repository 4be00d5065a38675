package dev.tributary.pipelines.landing;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The schemas and the tracking plan in force, as text: what travels to executors.
 *
 * @param fingerprint equal exactly when the rest is
 * @param schemas schema URI → JSON Schema document
 * @param trackingPlan YAML text
 */
record PlanDocuments(String fingerprint, TreeMap<String, String> schemas, String trackingPlan)
    implements Serializable {
  PlanDocuments {
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(trackingPlan);
    schemas = new TreeMap<>(Map.copyOf(schemas));
  }
}
