package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Default;
import dev.tributary.pipelines.job.Doc;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the landing job is told. Either topics or a mapping is given. */
public record LandingConfig(
    @Doc("name of the stream; its checkpoint is <lake>/_checkpoints/<name>") @Default("landing")
        String name,
    @Doc("Kafka topics to land") List<String> topics,
    @Doc("Kafka client settings, at least kafka.bootstrap.servers") Map<String, String> kafka,
    @Doc("mapping of a directory of JSON lines, CSV or Parquet (YAML), instead of topics")
        Optional<Path> mapping,
    @Doc("directories of event schemas in the Iglu layout") List<Path> schemas,
    @Doc("tracking plan (YAML)") Path plan,
    @Doc("available-now ends when everything there is has landed; continuous goes on")
        @Default("available-now")
        Trigger trigger,
    @Doc("least time between two batches of a continuous stream") @Default("2s") Duration interval,
    @Doc("most records of one batch") @Default("1000000") long maxRecordsPerBatch,
    @Doc("source system of events that do not name their own; default the stream's name")
        Optional<String> source,
    @Doc("checkpoint directory, instead of the one below the lake") Optional<String> checkpoint,
    Dedup dedup,
    @Doc("most bytes of one record; a larger one is rejected") @Default("1048576")
        int maxRecordBytes,
    @Doc("earliest event time that is believed") @Default("2000-01-01T00:00:00Z") Instant earliest,
    @Doc("how far after its receipt an event time may lie") @Default("24h") Duration maxAhead,
    @Doc("fail when Kafka has dropped records that were not read yet; false goes on without them")
        @Default("true")
        boolean failOnDataLoss,
    @Doc("how long a continuous stream waits for a broker that went away") @Default("30m")
        Duration maxOutage) {

  /** How the stream starts its batches. */
  public enum Trigger {
    /** Lands what is there and ends. */
    AVAILABLE_NOW,
    /** Lands until it is stopped. */
    CONTINUOUS
  }

  /** Deduplication as it lands, within a Kafka partition. */
  public record Dedup(
      @Doc("whether redeliveries within a partition are dropped") @Default("true") boolean enabled,
      @Doc("how long a message id is remembered, by the log's time") @Default("1h")
          Duration horizon,
      @Doc("most ids remembered, about 40 bytes of heap each; older ones go first")
          @Default("20000000")
          int maxIds) {}

  public LandingConfig {
    if (topics.isEmpty() == mapping.isEmpty()) {
      throw LandingErrors.oneInput();
    }
    if (!topics.isEmpty() && !kafka.containsKey("bootstrap.servers")) {
      throw LandingErrors.noBroker();
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,99}")) {
      throw LandingErrors.badName(name);
    }
    if (schemas.isEmpty()) {
      throw LandingErrors.noSchemas();
    }
    if (maxRecordsPerBatch < 1) {
      throw LandingErrors.tooSmall("max-records-per-batch", maxRecordsPerBatch);
    }
  }

  LandingLimits limits() {
    return new LandingLimits(maxRecordBytes, earliest, maxAhead);
  }

  String checkpointIn(String lake) {
    return checkpoint.orElse(lake + "/_checkpoints/" + name);
  }
}
