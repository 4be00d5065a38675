package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.schemas.yaml.YamlException;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * Lands events: {@code ./tributary run landing topics=events kafka.bootstrap.servers=localhost:9092
 * schemas=DIR plan=FILE}.
 *
 * <p>Reads Kafka topics or a directory of files, and the schemas in force. Writes each accepted
 * event to {@code silver.<event>_v<model>} and to {@code silver.activity}, each refused one to
 * {@code bronze.rejected}, and each batch to {@code ops.landing_batches}. Guarantees that every
 * record is in one of these places once, or counted as a duplicate, whatever is killed when.
 */
public final class LandingJob implements Job<LandingConfig> {

  @Override
  public String name() {
    return "landing";
  }

  @Override
  public String description() {
    return "Land events from Kafka or files in typed, schema-versioned tables";
  }

  @Override
  public Class<LandingConfig> configType() {
    return LandingConfig.class;
  }

  @Override
  public JobResult run(JobContext context, LandingConfig config) throws Exception {
    PlanSource plans =
        new PlanSource(
            config.schemas(),
            config.plan(),
            refusal -> context.progress().say("left out of the schemas: " + refusal));
    check(plans);
    LandingInput input = input(context, config);
    var topicIds = input.topicIds();
    SparkSession spark = context.spark();
    int recovered = BatchLander.recover(spark, context.lake());
    LandingSettings settings =
        new LandingSettings(
            context.lake(),
            config.source().or(input::sourceName).orElse(config.name()),
            config.limits(),
            input.numbered(),
            config.dedup().enabled(),
            config.dedup().horizon(),
            config.dedup().maxIds(),
            topicIds);
    LandingTotals totals = new LandingTotals();
    new LandingStream(context, config, settings, plans, input, totals).run();
    if (!totals.balanced()) {
      throw JobErrors.expectationFailed(
          "The batches do not add up",
          "events is not accepted + rejected + duplicates",
          "run './tributary check' and report this",
          totals.result().values());
    }
    return totals.result().and("recovered_batches", recovered);
  }

  /** Fails for schemas or a plan that cannot be used, before anything starts. */
  static void check(PlanSource plans) {
    try {
      plans.current();
    } catch (YamlException | IllegalArgumentException e) {
      throw JobErrors.usage("The tracking plan cannot be used", e.getMessage(), null);
    } catch (IOException e) {
      throw LandingErrors.unreadable("The schemas or the tracking plan", e);
    } catch (dev.tributary.schemas.registry.RegistryException e) {
      throw JobErrors.usage("The schemas cannot be read", e.getMessage(), null);
    }
  }

  private static LandingInput input(JobContext context, LandingConfig config) {
    if (config.mapping().isPresent()) {
      try {
        SourceMapping mapping = SourceMappingReader.read(config.mapping().get());
        return FileInput.open(mapping, context.spark());
      } catch (YamlException e) {
        throw LandingErrors.badMapping(e);
      }
    }
    return new KafkaInput(
        config.topics(), config.kafka(), config.maxRecordsPerBatch(), config.failOnDataLoss());
  }
}
