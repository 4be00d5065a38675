package dev.tributary.pipelines.identity.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The built-in engine where tasks may hold so little that the graph is contracted in rounds. */
class ContractionEngineTest {
  private static final TaskLimits TINY = new TaskLimits(TaskLimits.LEAST_VERTICES);

  @Property(tries = 8, shrinking = ShrinkingMode.OFF, seed = "20261122")
  void roundsOfContractionGiveTheComponentsOfBreadthFirstSearch(
      @ForAll long seed, @ForAll @IntRange(min = 16, max = 400) int vertices) {
    List<Edge> edges = GraphLab.manyGraphs(40, 40, seed);
    ComponentEngine engine = new ContractionEngine(new TaskLimits(vertices));
    assertThat(GraphLab.components(engine, GraphLab.dataset(edges, 3)))
        .isEqualTo(BreadthFirstSearch.components(edges));
  }

  @Example
  void roundsDoNotDependOnPartitioning() {
    List<Edge> edges = GraphLab.manyGraphs(30, 60, 11);
    Map<Long, Long> expected = BreadthFirstSearch.components(edges);
    for (int partitions : new int[] {1, 2, 7, 64}) {
      assertThat(
              GraphLab.components(new ContractionEngine(TINY), GraphLab.dataset(edges, partitions)))
          .isEqualTo(expected);
    }
  }

  @Example
  void aChainOfTenThousandIsContractedInFewRounds() {
    List<Edge> chain = Graphs.draw(Graphs.Shape.CHAIN, 10_000, new Random(1));
    Contraction contraction = new Contraction(TINY, 2);
    long[] labels =
        contraction.label(EdgeReader.read(GraphLab.dataset(chain, 4))).collect().stream()
            .flatMapToLong(Arrays::stream)
            .toArray();
    assertThat(labels).hasSize(20_000);
    for (int i = 1; i < labels.length; i += 2) {
      assertThat(labels[i]).isZero();
    }
    // Half a block of eight vertices goes in a round; a worst case would take thousands.
    assertThat(contraction.rounds()).isBetween(3, 12);
  }

  @Example
  void aHubIsContractedWithoutGatheringIt() {
    SparkSession spark = GraphLab.spark();
    Dataset<Row> edges = spark.range(100_000).selectExpr("id src", "100000L dst");
    ComponentEngine engine = new ContractionEngine(new TaskLimits(10_000));
    Dataset<Row> found = engine.components(edges);
    assertThat(found.filter("component = 0").count()).isEqualTo(100_001);
    assertThat(found.count()).isEqualTo(100_001);
  }

  @Example
  void verticesWithoutNeighboursDoNotFillTheLastTask() {
    Dataset<Row> loops = GraphLab.spark().range(5_000).selectExpr("id src", "id dst");
    Dataset<Row> found = new ContractionEngine(TINY).components(loops);
    assertThat(found.filter("component = id").count()).isEqualTo(5_000);
  }

  @Example
  void onlyTheResultIsHeldAfterwards() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(GraphLab.spark().sparkContext());
    Set<Integer> before = Set.copyOf(context.getPersistentRDDs().keySet());
    Dataset<Row> found =
        new ContractionEngine(TINY).components(GraphLab.dataset(GraphLab.manyGraphs(9, 40, 5), 3));
    Set<Integer> held = new HashSet<>(context.getPersistentRDDs().keySet());
    held.removeAll(before);
    assertThat(held).hasSize(1);
    assertThat(found.isEmpty()).isFalse();
  }

  @Example
  void anEdgeWithoutAnEndFailsWithAFix() {
    Dataset<Row> edges = GraphLab.spark().sql("SELECT 1L src, CAST(NULL AS BIGINT) dst");
    assertThatThrownBy(() -> new ContractionEngine().components(edges))
        .isInstanceOf(SparkException.class)
        .rootCause()
        .hasMessageContaining("null as its 'dst'")
        .hasMessageContaining("filter such rows");
  }

  @Example
  void aLimitThatNoTaskCanKeepIsRefused() {
    SparkSession spark = GraphLab.spark();
    Dataset<Row> edges = GraphLab.dataset(List.of(new Edge(1, 2)), 1);
    for (String wrong : Set.of("15", "-1", "many", "3000000000")) {
      spark.conf().set(ContractionEngine.TASK_VERTICES, wrong);
      try {
        assertThatThrownBy(() -> new ContractionEngine().components(edges))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(wrong)
            .hasMessageContaining("from 16 to");
      } finally {
        spark.conf().unset(ContractionEngine.TASK_VERTICES);
      }
    }
  }
}
