package dev.tributary.pipelines.identity.components;

import dev.tributary.pipelines.lake.LakeFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Puts graphs into Spark and components out of it. */
final class GraphLab {
  private static SparkSession spark;

  private GraphLab() {}

  static synchronized SparkSession spark() {
    if (spark == null || spark.sparkContext().isStopped()) {
      try {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path graphs = Files.createTempDirectory(target, "graphs");
        spark = LakeFixture.empty(graphs.resolve("lake")).spark();
        spark.sparkContext().setCheckpointDir(graphs.resolve("checkpoints").toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return spark;
  }

  static Dataset<Row> dataset(List<Edge> edges, int partitions) {
    List<scala.Tuple2<Long, Long>> rows = new ArrayList<>();
    edges.forEach(edge -> rows.add(new scala.Tuple2<>(edge.src(), edge.dst())));
    return spark()
        .createDataset(rows, Encoders.tuple(Encoders.LONG(), Encoders.LONG()))
        .toDF(ComponentEngine.SRC, ComponentEngine.DST)
        .repartition(partitions);
  }

  static Map<Long, Long> components(ComponentEngine engine, Dataset<Row> edges) {
    Dataset<Row> found = engine.components(edges);
    try {
      Map<Long, Long> components = new TreeMap<>();
      for (Row row : found.select(ComponentEngine.ID, ComponentEngine.COMPONENT).collectAsList()) {
        Long before = components.put(row.getLong(0), row.getLong(1));
        if (before != null) {
          throw new AssertionError("vertex " + row.getLong(0) + " comes twice");
        }
      }
      return components;
    } finally {
      found.unpersist(true);
    }
  }

  /** So many graphs of all shapes and up to so many vertices each, beside each other. */
  static List<Edge> manyGraphs(int graphs, int mostVertices, long seed) {
    Random random = new Random(seed);
    long[] ids = random.longs().distinct().limit((long) graphs * mostVertices).toArray();
    long[] special = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE};
    System.arraycopy(special, 0, ids, random.nextInt(ids.length - special.length), special.length);
    List<Edge> all = new ArrayList<>();
    for (int graph = 0; graph < graphs; graph++) {
      Graphs.Shape shape = Graphs.Shape.values()[random.nextInt(Graphs.Shape.values().length)];
      int most = shape == Graphs.Shape.CLIQUE ? Math.min(12, mostVertices) : mostVertices;
      List<Edge> edges = Graphs.draw(shape, 1 + random.nextInt(most), random);
      long[] names = Arrays.copyOfRange(ids, graph * mostVertices, (graph + 1) * mostVertices);
      all.addAll(Graphs.scramble(edges, names, random));
    }
    return all;
  }
}
