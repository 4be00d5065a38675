package dev.tributary.pipelines.bench;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.identity.components.ComponentEngines;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The time to find connected components, for each engine asked for, beside its floor: the same
 * edges read and grouped by one end, once. All read the same Parquet file; each engine's time ends
 * when its result has been written to nowhere. The floor is measured first, and then again after
 * the engines, warm; the quicker of the two counts.
 *
 * @param vertices how many vertices
 * @param edges how many edges
 * @param chain how many vertices of them are one chain
 * @param engine an engine's name, or {@code all} at hand
 * @param directory where the edges are written
 */
public record ComponentsBench(
    long vertices, long edges, long chain, String engine, Path directory) {
  // Of GraphFrames' algorithms the quickest here; its own setting names another.
  private static final String ALGORITHM = "spark.graphframes.connectedComponents.algorithm";
  private static final String QUICKEST = "randomized_contraction";

  /** Measures every engine at hand. */
  public static final String ALL = "all";

  /**
   * Runs the benchmark.
   *
   * @return the JSON object to print
   * @throws dev.tributary.pipelines.job.JobException exit code 2 for parameters that cannot be, 3
   *     when an engine's components are not those of the generator
   */
  public Map<String, Object> run(Progress progress) {
    ComponentsGraph graph = new ComponentsGraph(vertices, edges, chain);
    List<ComponentEngine> engines = engines();
    SparkSession spark =
        LakeSession.on(Lake.at(directory.resolve("lake")))
            .named("bench components")
            .with(ALGORITHM, algorithm())
            .open();
    spark.sparkContext().setCheckpointDir(directory.resolve("checkpoints").toString());
    String file = directory.resolve("edges").toString();
    progress.say("generating %,d edges".formatted(edges));
    graph.generate(spark).write().format("parquet").mode("overwrite").save(file);
    Dataset<Row> read = spark.read().format("parquet").load(file);
    double floor = floor(read);
    Map<String, Object> figures = new LinkedHashMap<>();
    for (ComponentEngine measured : engines) {
      progress.say("finding components: " + measured.name());
      figures.put(measured.name(), measure(measured, read, graph));
    }
    floor = Math.min(floor, floor(read));
    return report(graph, floor, figures);
  }

  private List<ComponentEngine> engines() {
    List<String> names = engine.equals(ALL) ? ComponentEngines.names() : List.of(engine);
    List<ComponentEngine> engines = new ArrayList<>();
    for (String name : names) {
      try {
        engines.add(ComponentEngines.named(name));
      } catch (IllegalArgumentException e) {
        throw JobErrors.usage(e.getMessage(), null, "give --engine " + ALL);
      }
    }
    return engines;
  }

  private static String algorithm() {
    return new SparkConf().get(ALGORITHM, QUICKEST);
  }

  private static double floor(Dataset<Row> edges) {
    long started = System.nanoTime();
    write(edges.groupBy(ComponentEngine.SRC).agg(count(lit(1)).as("edges")));
    return seconds(started);
  }

  private static Map<String, Object> measure(
      ComponentEngine engine, Dataset<Row> edges, ComponentsGraph graph) {
    BenchMachine.resetHeapPeak();
    double cpu = BenchMachine.cpuSeconds();
    long started = System.nanoTime();
    Dataset<Row> components = engine.components(edges);
    write(components);
    double seconds = seconds(started);
    cpu = BenchMachine.cpuSeconds() - cpu;
    long heap = BenchMachine.heapPeakMegabytes();
    verify(engine, components, graph);
    components.unpersist(true);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", Figures.round(seconds, 2));
    figures.put("edges_per_second", Math.round(graph.edges() / seconds));
    figures.put("cpu_seconds", Figures.round(cpu, 1));
    figures.put("heap_peak_mb", heap);
    return figures;
  }

  private static void verify(
      ComponentEngine engine, Dataset<Row> components, ComponentsGraph graph) {
    Row found = components.agg(count(lit(1)), countDistinct(ComponentEngine.COMPONENT)).first();
    if (found.getLong(0) != graph.vertices() || found.getLong(1) != graph.components()) {
      throw JobErrors.expectationFailed(
          "Engine %s found %,d vertices in %,d components, not %,d in %,d"
              .formatted(
                  engine.name(),
                  found.getLong(0),
                  found.getLong(1),
                  graph.vertices(),
                  graph.components()),
          null,
          "report this",
          Map.of("engine", engine.name()));
    }
  }

  private Map<String, Object> report(
      ComponentsGraph graph, double floor, Map<String, Object> figures) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "components");
    report.put("edges", graph.edges());
    report.put("vertices", graph.vertices());
    report.put("chain", graph.chain());
    report.put("components", graph.components());
    report.put("floor_seconds", Figures.round(floor, 2));
    report.put("engines", figures);
    if (figures.containsKey(ComponentEngines.GRAPHFRAMES)) {
      report.put("graphframes_algorithm", algorithm());
    }
    report.put("machine", BenchMachine.describe());
    return report;
  }

  private static void write(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
