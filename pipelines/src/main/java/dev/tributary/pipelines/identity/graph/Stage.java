package dev.tributary.pipelines.identity.graph;

import java.util.List;

/** A way to break pieces into smaller ones. */
interface Stage {
  /**
   * Breaks pieces.
   *
   * @param label of each cluster: the smallest cluster of its piece
   * @return the same for smaller pieces, each within one of the former
   */
  int[] refine(Links links, int[] label);

  /** Why a link was cut. */
  DropReason reason();

  /** With which figures a link was cut. */
  String detail(int link);

  /** Where a bound on the work was met. */
  default List<String> notes() {
    return List.of();
  }
}
