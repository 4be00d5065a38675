package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.JobResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sums of a run, as its closing line gives them. Thread-safe. */
final class LandingTotals {
  private long batches;
  private long records;
  private long events;
  private long accepted;
  private long rejected;
  private long duplicates;
  private long files;
  private long bytes;
  private long readMillis;
  private long commitMillis;
  private long rememberedIds;
  private final long[] reasons = new long[RejectReason.values().length];

  synchronized void add(BatchReport report) {
    batches++;
    records += report.sum(c -> c.records);
    events += report.sum(c -> c.events);
    accepted += report.sum(c -> c.accepted);
    rejected += report.sum(c -> c.rejected);
    duplicates += report.sum(c -> c.duplicates);
    for (int i = 0; i < reasons.length; i++) {
      int reason = i;
      reasons[i] += report.sum(c -> c.reasons[reason]);
    }
    files += report.files().size();
    bytes += report.files().stream().mapToLong(WrittenFile::bytes).sum();
    readMillis += report.readMillis();
    commitMillis += report.commitMillis();
  }

  /** How many message ids the stream remembered in this process when it ended. */
  synchronized void remembered(long ids) {
    rememberedIds = ids;
  }

  synchronized long records() {
    return records;
  }

  synchronized long events() {
    return events;
  }

  /** Whether every event is in exactly one place. */
  synchronized boolean balanced() {
    return events == accepted + rejected + duplicates;
  }

  synchronized JobResult result() {
    Map<String, Object> byReason = new LinkedHashMap<>();
    for (RejectReason reason : RejectReason.values()) {
      if (reasons[reason.ordinal()] > 0) {
        byReason.put(reason.code(), reasons[reason.ordinal()]);
      }
    }
    return JobResult.of("batches", batches)
        .and("records", records)
        .and("events", events)
        .and("accepted", accepted)
        .and("rejected", rejected)
        .and("duplicates", duplicates)
        .and("balanced", events == accepted + rejected + duplicates)
        .and("rejected_by_reason", byReason)
        .and("remembered_ids", rememberedIds)
        .and("files", files)
        .and("bytes", bytes)
        .and("read_ms", readMillis)
        .and("commit_ms", commitMillis);
  }
}
