package dev.tributary.pipelines.identity.graphframes;

import static org.apache.spark.sql.functions.col;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.identity.components.ComponentEngines;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.graphframes.GraphFrame;
import org.graphframes.lib.ConnectedComponents;

/**
 * Connected components by GraphFrames 0.9 or later, on Spark 4. The algorithm is GraphFrames'
 * default unless {@code spark.graphframes.connectedComponents.algorithm} names one: {@code
 * two_phase} (large-star and small-star), {@code randomized_contraction}, {@code graphx}.
 *
 * <p>Intermediate results go to the Spark context's checkpoint directory. Where there is none they
 * are kept by the executors, and an executor lost is a run lost; {@code randomized_contraction}
 * refuses to run without one.
 */
public final class GraphFramesEngine implements ComponentEngine {

  @Override
  public String name() {
    return ComponentEngines.GRAPHFRAMES;
  }

  @Override
  public Dataset<Row> components(Dataset<Row> edges) {
    Dataset<Row> ends = ComponentEngine.checked(edges);
    Dataset<Row> vertices =
        ends.select(col(SRC).as(ID)).union(ends.select(col(DST).as(ID))).distinct();
    SparkContext context = edges.sparkSession().sparkContext();
    ConnectedComponents algorithm = GraphFrame.apply(vertices, ends).connectedComponents();
    algorithm.setUseLabelsAsComponents(true);
    if (context.getCheckpointDir().isEmpty()) {
      algorithm.setUseLocalCheckpoints(true);
    }
    return algorithm.run().select(col(ID), col(COMPONENT));
  }
}
