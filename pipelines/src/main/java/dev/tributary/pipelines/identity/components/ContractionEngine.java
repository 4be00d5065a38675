package dev.tributary.pipelines.identity.components;

import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The built-in engine: contracts the graph over Spark, with union-find inside every task before
 * anything is exchanged.
 *
 * <p><b>Method.</b> Each task reduces its edges to a forest: a pair (vertex, first vertex of its
 * local component), in an order of the vertices that looks random. When the forests have at most
 * {@link #TASK_VERTICES} pairs in all, one task joins them, and that is the result. Otherwise a
 * round of contraction: the pairs come together by vertex; a vertex v joins the group r(v), the
 * first of its local components' first vertices; a pair (v, u) becomes the edge (r(v), r(u)) of the
 * next level, which has another order, and on whose tasks union-find runs again. In the end the
 * labels go back from level to level, and each component takes the smallest id in it. A round is
 * the randomised contraction of Bögeholz, Brand and Todor (In-database connected component
 * analysis, ICDE 2020, section V), with local components in the place of neighbours.
 *
 * <p><b>Correct.</b> (1) The pairs of a block join the same vertices as its edges. (2) v and r(v)
 * are in one component, and every edge of a level is one between groups, or within one, of the
 * next; so the components of the two levels correspond, and labels carried back along r are equal
 * exactly within a component. (3) A group without an edge appears at no further level and is its
 * own label.
 *
 * <p><b>Ends.</b> In a component of two or more vertices the last one in the order is nobody's
 * first one, itself included, so each round loses a vertex of each component that is left; in
 * expectation it loses a constant part of all vertices, whatever the graph, since the order is
 * independent of the ids. Chains, hubs and adversarial numberings are no special cases.
 *
 * <p><b>Memory.</b> The driver holds a few numbers a round. A task holds a block of at most 4
 * million vertices (140 MB), or three tables of a million rows (50 MB each), or, the last one,
 * {@link #TASK_VERTICES}. Hubs are not gathered: a partition asks once for a vertex, however many
 * of its rows need it. What is between the steps is in Spark's storage, which spills to disk, and
 * is released at the end; the shuffle files are when the result is unreachable. All is done on RDDs
 * of packed numbers, so Spark's settings for queries, adaptive execution among them, hold for
 * reading the edges only.
 */
public final class ContractionEngine implements ComponentEngine {
  /**
   * Spark setting: the most vertices that one task finishes by itself, at 25 bytes each, 35 while
   * its table grows. Default: what an eighth of an executor's heap holds, 3.8 million for a GiB, at
   * most 32 million. More is faster, up to the cores that then wait.
   */
  public static final String TASK_VERTICES = "spark.tributary.components.task-vertices";

  private static final String DESCRIPTION = "spark.job.description";

  private final Optional<TaskLimits> limits;

  /** An engine with the limits of the session that it is called in. */
  public ContractionEngine() {
    this.limits = Optional.empty();
  }

  /** An engine with limits of its own. */
  ContractionEngine(TaskLimits limits) {
    this.limits = Optional.of(limits);
  }

  @Override
  public String name() {
    return ComponentEngines.BUILTIN;
  }

  @Override
  public Dataset<Row> components(Dataset<Row> edges) {
    SparkSession spark = edges.sparkSession();
    SparkContext context = spark.sparkContext();
    Contraction contraction =
        new Contraction(limits.orElseGet(() -> limits(spark)), context.defaultParallelism());
    String outer = context.getLocalProperty(DESCRIPTION);
    context.setJobDescription("connected components");
    try {
      JavaRDD<long[]> labels = contraction.label(EdgeReader.read(edges));
      return spark.createDataFrame(labels.mapPartitions(ContractionEngine::rows), RESULT);
    } finally {
      context.setJobDescription(outer);
    }
  }

  private static TaskLimits limits(SparkSession spark) {
    String given = spark.conf().get(TASK_VERTICES, "");
    if (given.isEmpty()) {
      return TaskLimits.of(spark.sparkContext());
    }
    try {
      return new TaskLimits(Integer.parseInt(given.trim()));
    } catch (NumberFormatException e) {
      throw ComponentErrors.taskVertices(given);
    }
  }

  private static Iterator<Row> rows(Iterator<long[]> labels) {
    return new Produced<>() {
      @Override
      boolean step(Queue<Row> ready) {
        if (!labels.hasNext()) {
          return false;
        }
        long[] chunk = labels.next();
        for (int i = 0; i < chunk.length; i += 2) {
          ready.add(RowFactory.create(chunk[i], chunk[i + 1]));
        }
        return true;
      }
    };
  }
}
