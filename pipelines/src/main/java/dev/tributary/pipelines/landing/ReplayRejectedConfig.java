package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Default;
import dev.tributary.pipelines.job.Doc;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a replay is told: which refusals, and the schemas as they are now. */
public record ReplayRejectedConfig(
    @Doc("directories of event schemas in the Iglu layout") List<Path> schemas,
    @Doc("tracking plan (YAML)") Path plan,
    @Doc("reason codes to replay, e.g. schema_violation; default all") List<String> reason,
    @Doc("only what was refused at this time or later") Optional<Instant> since,
    @Doc("only what came from these topics or files") List<String> landedFrom,
    @Doc("count what would land, and land nothing") @Default("false") boolean dryRun,
    @Doc("source system of events that do not name their own; the stream's name as it landed")
        @Default("landing")
        String source,
    @Doc("most bytes of one record") @Default("1048576") int maxRecordBytes,
    @Doc("earliest event time that is believed") @Default("2000-01-01T00:00:00Z") Instant earliest,
    @Doc("how far after its receipt an event time may lie") @Default("24h") Duration maxAhead) {

  public ReplayRejectedConfig {
    if (schemas.isEmpty()) {
      throw LandingErrors.noSchemas();
    }
    List<String> known = Arrays.stream(RejectReason.values()).map(RejectReason::code).toList();
    for (String code : reason) {
      if (!known.contains(code)) {
        throw LandingErrors.unknownReason(code, known);
      }
    }
  }

  LandingLimits limits() {
    return new LandingLimits(maxRecordBytes, earliest, maxAhead);
  }
}
