package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.bench.ComponentsBench;
import dev.tributary.pipelines.bench.IdentityBench;
import dev.tributary.pipelines.bench.LandingBench;
import dev.tributary.pipelines.bench.LoadPhase;
import dev.tributary.pipelines.bench.PredictorBench;
import dev.tributary.pipelines.bench.SurgeBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary bench …}: measures this machine, and prints one JSON object. */
@Command(
    name = "bench",
    description = "Measure this machine; prints one JSON object.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<benchmark>",
    subcommands = {
      BenchCommand.Landing.class,
      BenchCommand.Surge.class,
      BenchCommand.Components.class,
      BenchCommand.Identity.class,
      MemoryGridCommand.class,
      BenchCommand.Predictor.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "landing",
      description = {
        "Measure landing from Kafka to typed Delta tables, and its floor: the raw copy of the"
            + " same bytes.",
        "Starts a broker and a generator in processes of their own."
      },
      mixinStandardHelpOptions = true)
  static final class Landing implements Callable<Integer> {
    @Mixin private Measurement measurement;

    @Option(
        names = "--events",
        paramLabel = "N",
        defaultValue = "5000000",
        description = "Deliveries to land. Default: ${DEFAULT-VALUE}")
    private long events;

    @Option(
        names = "--batch",
        paramLabel = "N",
        defaultValue = "1000000",
        description = "Most records of a micro-batch. Default: ${DEFAULT-VALUE}")
    private long batch;

    @Mixin private Measurement.Place place;

    @Override
    public Integer call() throws Exception {
      return measurement.in(place, directory -> new LandingBench(events, directory, batch)::run);
    }
  }

  @Command(
      name = "surge",
      description = {
        "Measure a continuous landing while the load rises tenfold and falls again.",
        "Prints the time from due to queryable for each phase, and how long the lag took to drain."
      },
      mixinStandardHelpOptions = true)
  static final class Surge implements Callable<Integer> {
    @Mixin private Measurement measurement;

    @Option(
        names = "--phases",
        paramLabel = "RATExSECONDSs,…",
        defaultValue = "5000x60s,50000x120s,5000x60s",
        description = "Three phases of load. Default: ${DEFAULT-VALUE}")
    private String phases;

    @Option(
        names = "--interval",
        paramLabel = "MS",
        defaultValue = "1000",
        description = "Least milliseconds between two batches. Default: ${DEFAULT-VALUE}")
    private long interval;

    @Mixin private Measurement.Place place;

    @Override
    public Integer call() throws Exception {
      return measurement.in(
          place,
          directory ->
              new SurgeBench(LoadPhase.parse(phases), Duration.ofMillis(interval), directory)::run);
    }
  }

  @Command(
      name = "components",
      description = {
        "Measure the engines that find connected components, and their floor: reading the edges and"
            + " grouping them once.",
        "The graph is generated: persons of six identifiers, and one chain."
      },
      mixinStandardHelpOptions = true)
  static final class Components implements Callable<Integer> {
    @Mixin private Measurement measurement;

    @Option(
        names = "--edges",
        paramLabel = "N",
        defaultValue = "2400000",
        description = "Edges. Default: ${DEFAULT-VALUE}")
    private long edges;

    @Option(
        names = "--vertices",
        paramLabel = "N",
        defaultValue = "1800000",
        description = "Vertices. Default: ${DEFAULT-VALUE}")
    private long vertices;

    @Option(
        names = "--chain",
        paramLabel = "N",
        defaultValue = "10000",
        description = "How many vertices are one chain. Default: ${DEFAULT-VALUE}")
    private long chain;

    @Option(
        names = "--engine",
        paramLabel = "NAME",
        defaultValue = ComponentsBench.ALL,
        description =
            "builtin, graphframes where it is on the class path, or all at hand. Default:"
                + " ${DEFAULT-VALUE}")
    private String engine;

    @Mixin private Measurement.Place place;

    @Override
    public Integer call() throws Exception {
      return measurement.in(
          place, directory -> new ComponentsBench(vertices, edges, chain, engine, directory)::run);
    }
  }

  @Command(
      name = "identity",
      description = {
        "Measure identity resolution: everything, then a delta of one percent.",
        "Prints the seconds of both, and how the delta's grow when the graph grows tenfold."
      },
      mixinStandardHelpOptions = true)
  static final class Identity implements Callable<Integer> {
    @Mixin private Measurement measurement;

    @Option(
        names = "--entities",
        paramLabel = "N",
        defaultValue = "10000000",
        description = "Identifiers, with 1.6 edges each. Default: ${DEFAULT-VALUE}")
    private long entities;

    @Mixin private Measurement.Place place;

    @Override
    public Integer call() throws Exception {
      return measurement.in(place, directory -> new IdentityBench(entities, directory)::run);
    }
  }

  @Command(
      name = "predictor",
      description = {
        "Measure the reader of event logs on one core with 512 MB of heap, beside Spark's own"
            + " JsonProtocol on the same log; and an incremental pass over many logs.",
        "The logs are generated."
      },
      mixinStandardHelpOptions = true)
  static final class Predictor implements Callable<Integer> {
    @Mixin private Measurement measurement;

    @Option(
        names = "--megabytes",
        paramLabel = "N",
        defaultValue = "200",
        description = "Size of the one log. Default: ${DEFAULT-VALUE}")
    private int megabytes;

    @Option(
        names = "--logs",
        paramLabel = "N",
        defaultValue = "10000",
        description = "Logs of the incremental pass. Default: ${DEFAULT-VALUE}")
    private int logs;

    @Mixin private Measurement.Place place;

    @Override
    public Integer call() throws Exception {
      return measurement.in(
          place, directory -> new PredictorBench(megabytes, logs, directory)::run);
    }
  }
}
