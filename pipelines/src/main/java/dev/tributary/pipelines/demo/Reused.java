package dev.tributary.pipelines.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an earlier run of a demo left.
 *
 * @param endOffsets how many records each partition of the topic holds
 * @param landed how many of them the lake's ledger holds
 */
record Reused(Map<Integer, Long> endOffsets, long landed) {
  Reused {
    endOffsets = Map.copyOf(endOffsets);
  }

  long inTopic() {
    return endOffsets.values().stream().mapToLong(Long::longValue).sum();
  }

  void tell(DemoReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("events_in_topic", inTopic());
    facts.put("records_landed", landed);
    report.fact("reused", facts);
  }
}
