package dev.tributary.pipelines.identity.components;

import static dev.tributary.pipelines.identity.components.ComponentEngine.COMPONENT;
import static dev.tributary.pipelines.identity.components.ComponentEngine.DST;
import static dev.tributary.pipelines.identity.components.ComponentEngine.ID;
import static dev.tributary.pipelines.identity.components.ComponentEngine.SRC;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What every engine must do. Runs over those on the class path: the built-in one, and in the module
 * of the profile {@code graphframes} that of GraphFrames, too.
 */
class ComponentEnginesTest {
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";

  @Provide
  Arbitrary<String> engines() {
    return Arbitraries.of(ComponentEngines.names());
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF, seed = "20261122")
  void componentsAreThoseOfBreadthFirstSearch(
      @ForAll("engines") String name, @ForAll long seed, @ForAll boolean adaptive) {
    List<Edge> edges = GraphLab.manyGraphs(60, 40, seed);
    GraphLab.spark().conf().set(ADAPTIVE, adaptive);
    assertThat(GraphLab.components(engine(name), GraphLab.dataset(edges, 3)))
        .isEqualTo(BreadthFirstSearch.components(edges));
  }

  @Example
  void partitioningOrderAndAdaptiveExecutionChangeNothing() {
    List<Edge> edges = GraphLab.manyGraphs(100, 60, 7);
    Map<Long, Long> expected = BreadthFirstSearch.components(edges);
    for (String name : ComponentEngines.names()) {
      for (int partitions : new int[] {1, 2, 7, 64}) {
        Collections.shuffle(edges, new Random(partitions));
        GraphLab.spark().conf().set(ADAPTIVE, partitions % 2 == 0);
        assertThat(GraphLab.components(engine(name), GraphLab.dataset(edges, partitions)))
            .as("%s, %d partitions", name, partitions)
            .isEqualTo(expected);
      }
    }
  }

  @Example
  void aChainOfTenThousandIsOneComponent() {
    List<Edge> chain = Graphs.draw(Graphs.Shape.CHAIN, 10_000, new Random(1));
    for (String name : ComponentEngines.names()) {
      assertOneComponent(engine(name).components(GraphLab.dataset(chain, 4)), 10_000, 0);
      List<Edge> scrambled =
          Graphs.scramble(
              chain, new Random(2).longs().distinct().limit(10_000).toArray(), new Random(3));
      long first =
          scrambled.stream().mapToLong(e -> Math.min(e.src(), e.dst())).min().orElseThrow();
      assertOneComponent(engine(name).components(GraphLab.dataset(scrambled, 4)), 10_000, first);
    }
  }

  @Example
  void aHubOfAMillionIsOneComponent() {
    for (String name : ComponentEngines.names()) {
      for (String hub : List.of("-1L", "1000001L")) {
        Dataset<Row> edges =
            GraphLab.spark()
                .range(1_000_000)
                .select(col("id").as(SRC))
                .selectExpr(SRC, hub + " " + DST);
        long first = Math.min(0, Long.parseLong(hub.replace("L", "")));
        assertOneComponent(engine(name).components(edges), 1_000_001, first);
      }
    }
  }

  @Example
  void nothingHasNoComponents() {
    for (String name : ComponentEngines.names()) {
      Dataset<Row> found = engine(name).components(GraphLab.dataset(List.of(), 2));
      assertThat(found.isEmpty()).isTrue();
      assertThat(found.schema().names()).containsExactly(ID, COMPONENT);
    }
  }

  @Example
  void otherColumnsAreLeftAlone() {
    List<Edge> edges = new ArrayList<>(List.of(new Edge(5, 3), new Edge(4, 4)));
    Dataset<Row> wide =
        GraphLab.dataset(edges, 1).selectExpr("'rule' rule", DST, "0.5 confidence", SRC);
    for (String name : ComponentEngines.names()) {
      assertThat(GraphLab.components(engine(name), wide)).isEqualTo(Map.of(3L, 3L, 4L, 4L, 5L, 3L));
    }
  }

  @Example
  void edgesThatAreNoneAreRefusedWithAFix() {
    Dataset<Row> edges = GraphLab.dataset(List.of(new Edge(1, 2)), 1);
    for (String name : ComponentEngines.names()) {
      assertThatThrownBy(() -> engine(name).components(edges.withColumnRenamed(DST, "target")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("need a column 'dst'")
          .hasMessageContaining("have src, target");
      assertThatThrownBy(() -> engine(name).components(edges.selectExpr("'a' src", "dst")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'src' of the edges is STRING");
    }
  }

  @Example
  void anEngineThatIsNotThereIsNamedWithThoseThatAre() {
    assertThat(ComponentEngines.named(ComponentEngines.AUTO).name())
        .isEqualTo(ComponentEngines.BUILTIN);
    assertThatThrownBy(() -> ComponentEngines.named("graphx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no component engine 'graphx'")
        .hasMessageContaining(String.join(", ", ComponentEngines.names()));
  }

  private static ComponentEngine engine(String name) {
    return ComponentEngines.named(name);
  }

  private static void assertOneComponent(Dataset<Row> components, long vertices, long first) {
    Row found = components.agg(countDistinct(ID), countDistinct(COMPONENT), min(COMPONENT)).first();
    assertThat(found.getLong(0)).isEqualTo(vertices);
    assertThat(found.getLong(1)).isEqualTo(1);
    assertThat(found.getLong(2)).isEqualTo(first);
    assertThat(components.count()).isEqualTo(vertices);
    components.unpersist(true);
  }
}
