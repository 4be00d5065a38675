package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.List;

/** Components, broken stage by stage; remembers which stage cut each link. */
final class Breaking {
  private final Links links;
  private final Stage[] cutBy;
  private final String[] detail;
  private final List<String> notes = new ArrayList<>();
  private int[] label;

  Breaking(Links links) {
    this.links = links;
    this.cutBy = new Stage[links.size];
    this.detail = new String[links.size];
    UnionFind components = new UnionFind(links.clusters);
    for (int i = 0; i < links.size; i++) {
      components.union(links.u[i], links.v[i]);
    }
    this.label = components.labels();
  }

  void apply(Stage stage) {
    int[] before = label;
    label = stage.refine(links, before);
    for (int i = 0; i < links.size; i++) {
      boolean wasInside = before[links.u[i]] == before[links.v[i]];
      if (wasInside && label[links.u[i]] != label[links.v[i]]) {
        cutBy[i] = stage;
        detail[i] = stage.detail(i);
      }
    }
    notes.addAll(stage.notes());
  }

  Links links() {
    return links;
  }

  /** The piece of a cluster: its smallest cluster. */
  int label(int cluster) {
    return label[cluster];
  }

  /** This edge, which the link stands for, as one that was dropped. */
  DroppedEdge dropped(Edge edge, int link) {
    return new DroppedEdge(edge, cutBy[link].reason(), detail[link]);
  }

  List<String> notes() {
    return notes;
  }
}
