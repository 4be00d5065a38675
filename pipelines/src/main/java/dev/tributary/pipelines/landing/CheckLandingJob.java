package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * Proves from the tables that nothing is lost: {@code ./tributary check}. Trusts no counter of a
 * run; every row of the timeline, of the typed tables, of the refused and of the removed copies is
 * counted again and held against the ledger, and with a broker the ledger against the topics.
 *
 * <p>Writes nothing. Exit code 3 when something does not hold, with the numbers.
 */
public final class CheckLandingJob implements Job<CheckLandingConfig> {

  @Override
  public String name() {
    return "check-landing";
  }

  @Override
  public String description() {
    return "Prove from the tables that every record landed once, was refused or was a copy";
  }

  @Override
  public Class<CheckLandingConfig> configType() {
    return CheckLandingConfig.class;
  }

  @Override
  public JobResult run(JobContext context, CheckLandingConfig config) throws Exception {
    LandedTables tables = new LandedTables(session(context), context.lake());
    if (!tables.has(FixedTables.BATCHES.name())) {
      throw LandingErrors.nothingLanded(context.lake());
    }
    CheckReport report = new CheckReport();
    try (ProofViews views = new ProofViews(tables)) {
      prove(new LandingProof(tables, views), report, config);
    }
    report.lines().forEach(context.progress()::say);
    if (report.failures() > 0) {
      throw JobErrors.expectationFailed(
          "The tables do not prove that nothing was lost",
          report.failed(),
          "see the lines above; an unfinished batch or repair is finished by running it again",
          report.result().values());
    }
    return report.result();
  }

  /** A session of its own, in which a lost file is what it is: rows that are missing. */
  private static SparkSession session(JobContext context) {
    SparkSession session = context.spark().newSession();
    session.conf().set("spark.sql.files.ignoreMissingFiles", "true");
    return session;
  }

  private static void prove(LandingProof proof, CheckReport report, CheckLandingConfig config)
      throws IOException {
    report.sums(proof.sums());
    proof.ledger(report, config.allowGaps());
    proof.batches(report);
    proof.typedTables(report);
    proof.refused(report);
    proof.messageIds(report, config.strict());
    if (!config.kafka().isEmpty()) {
      new TopicComparison(config.kafka()).compare(proof.coverage(), report, config.allowGaps());
    }
  }
}
