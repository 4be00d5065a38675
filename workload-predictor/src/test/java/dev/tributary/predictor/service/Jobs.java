package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Runs of a made-up job: 20 s and 4 s for each GB over the cores, times a little noise. */
public final class Jobs {
  private Jobs() {}

  /** Four cores and 16 GB each. */
  public static Cluster cluster(int workers) {
    return new Cluster("m5.xlarge", workers, 4, 16_000);
  }

  /** Seconds without noise. */
  public static double seconds(Cluster cluster, double gigabytes) {
    return 20 + 40 * gigabytes / cluster.cores();
  }

  /** A finished run that takes {@code factor} of what the job takes. */
  public static Run run(String job, String id, int workers, double gigabytes, double factor) {
    Cluster cluster = cluster(workers);
    return new Run(
        job,
        id,
        Optional.empty(),
        cluster,
        Map.of("input_gb", gigabytes),
        Duration.ofMillis(Math.round(1000 * factor * seconds(cluster, gigabytes))),
        OptionalDouble.of(5_000),
        OptionalDouble.of(0.6),
        Outcome.FINISHED,
        Map.of());
  }

  /** So many finished runs on 1 to 4 workers, with 3 % noise, ids {@code prefix}0 upwards. */
  public static ArrayNode runs(String job, String prefix, int count, long seed) {
    Random random = new Random(seed);
    ArrayNode runs = RunJson.MAPPER.createArrayNode();
    for (int i = 0; i < count; i++) {
      double noise = Math.exp(0.03 * random.nextGaussian());
      runs.add(RunJson.of(run(job, prefix + i, 1 + i % 4, 10 + i % 7, noise)));
    }
    return runs;
  }

  /** Asks for a written recommendation on now 2 workers. */
  public static ObjectNode ask(String job, String runId, double gigabytes) {
    ObjectNode body = RunJson.MAPPER.createObjectNode().put("job", job);
    if (runId != null) {
      body.put("run_id", runId);
    }
    body.putObject("inputs").put("input_gb", gigabytes);
    body.set("current", RunJson.of(cluster(2)));
    body.set("prices", prices(0.192));
    return body;
  }

  /** A price list of one machine type. */
  public static ObjectNode prices(double perHour) {
    ObjectNode prices = RunJson.MAPPER.createObjectNode();
    prices
        .putObject("machine_types")
        .putObject("m5.xlarge")
        .put("cores", 4)
        .put("memory_mb", 16_000)
        .put("usd_per_hour", perHour);
    return prices;
  }

  /** The outcome of a run. */
  public static ObjectNode feedback(Run run) {
    ObjectNode body = RunJson.MAPPER.createObjectNode();
    body.set("run", RunJson.of(run));
    return body;
  }
}
