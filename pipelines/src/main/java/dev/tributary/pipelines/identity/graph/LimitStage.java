package dev.tributary.pipelines.identity.graph;

import java.util.List;

/**
 * Breaks pieces that exceed a limit. Evidence is taken by the priority of its types, the strongest
 * type first, and within a priority from the strongest to the weakest; what would exceed the limit
 * is left out. So the weakest type goes first, and no more of it than must. Where evidence of one
 * priority exceeds the limit it is not trusted to join two groups that stronger types have formed,
 * each with values of the limited type: a till shared by twenty customers does not join five of
 * them because five are allowed.
 */
final class LimitStage implements Stage {
  private final Limit limit;
  private final Spans spans;
  private final long steps;
  private boolean windowIgnored;

  LimitStage(Limit limit, Spans spans, long steps) {
    this.limit = limit;
    this.spans = spans;
    this.steps = steps;
  }

  @Override
  public int[] refine(Links links, int[] label) {
    Pieces pieces = new Pieces(links, label);
    Tally tally = new Tally(limit, spans, new Work(steps));
    int[] refined = label.clone();
    Rejoin rejoin = null;
    for (int root : pieces.roots()) {
      int[] members = pieces.members(root);
      if (members.length > 1 && tally.exceeds(members)) {
        rejoin = rejoin == null ? new Rejoin(links, tally) : rejoin;
        rejoin.rejoin(members, pieces.links(root), refined);
      }
    }
    windowIgnored = tally.windowIgnored();
    return refined;
  }

  @Override
  public DropReason reason() {
    return limit.isUnique() ? DropReason.UNIQUE : DropReason.LIMIT;
  }

  @Override
  public String detail(int link) {
    return limit.words();
  }

  @Override
  public List<String> notes() {
    return windowIgnored
        ? List.of(
            "the limit of %s needs more than %d steps; its window was ignored, which is stricter"
                .formatted(limit.words(), steps))
        : List.of();
  }
}
