package dev.tributary.pipelines.identity.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LocalForestTest {
  @Property(tries = 60, seed = "81")
  void joinsTheSameVerticesAsTheEdgesWithFewerPairs(
      @ForAll long seed,
      @ForAll @IntRange(min = 8, max = 2000) int mostVertices,
      @ForAll @IntRange(max = 3) int round) {
    List<Edge> edges = GraphLab.manyGraphs(20, 40, seed);
    List<Edge> forest = new ArrayList<>();
    Iterator<long[]> chunks =
        new LocalForest(chunks(edges), mostVertices, VertexOrder.ofRound(round));
    chunks.forEachRemaining(chunk -> forest.addAll(edges(chunk)));
    assertThat(BreadthFirstSearch.components(forest))
        .isEqualTo(BreadthFirstSearch.components(edges));
    assertThat(forest.stream().filter(pair -> pair.src() != pair.dst()).count())
        .isLessThanOrEqualTo(edges.stream().filter(edge -> edge.src() != edge.dst()).count());
  }

  @Property(tries = 30, seed = "82")
  void aBlockThatHoldsAllGivesTheComponents(@ForAll long seed) {
    List<Edge> edges = GraphLab.manyGraphs(20, 40, seed);
    List<Edge> forest = new ArrayList<>();
    new LocalForest(chunks(edges), Integer.MAX_VALUE, VertexOrder.NATURAL)
        .forEachRemaining(chunk -> forest.addAll(edges(chunk)));
    assertThat(forest)
        .containsExactlyInAnyOrderElementsOf(
            BreadthFirstSearch.components(edges).entrySet().stream()
                .map(entry -> new Edge(entry.getKey(), entry.getValue()))
                .toList());
  }

  /** Chunks of all lengths, the empty one among them. */
  private static Iterator<long[]> chunks(List<Edge> edges) {
    List<long[]> chunks = new ArrayList<>();
    for (int from = 0, length = 0; from < edges.size(); from += length, length = (length + 1) % 9) {
      chunks.add(
          edges.subList(from, Math.min(from + length, edges.size())).stream()
              .flatMapToLong(edge -> LongStream.of(edge.src(), edge.dst()))
              .toArray());
    }
    return chunks.iterator();
  }

  private static List<Edge> edges(long[] chunk) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < chunk.length; i += 2) {
      edges.add(new Edge(chunk[i], chunk[i + 1]));
    }
    return edges;
  }
}
