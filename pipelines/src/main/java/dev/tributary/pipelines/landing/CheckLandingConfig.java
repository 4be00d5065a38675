package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Default;
import dev.tributary.pipelines.job.Doc;
import java.util.Map;

/** What the check is told. */
public record CheckLandingConfig(
    @Doc("fail, too, when a message id stands more than once in the timeline") @Default("false")
        boolean strict,
    @Doc("accept offsets that were not there: transactional producers and compaction leave gaps")
        @Default("false")
        boolean allowGaps,
    @Doc("Kafka client settings; with bootstrap.servers the topics are compared, too")
        Map<String, String> kafka) {

  public CheckLandingConfig {
    if (!kafka.isEmpty() && !kafka.containsKey("bootstrap.servers")) {
      throw LandingErrors.noBroker();
    }
  }
}
