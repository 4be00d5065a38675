package dev.tributary.pipelines.identity.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Separates what people hold apart: for each cannot-link that is still within a piece, the newest
 * first, the minimum cut of the evidence between the two. A piece that needs more steps than it is
 * given is joined again from the strongest evidence to the weakest, leaving out what would join two
 * that are held apart.
 */
final class CannotLinkStage implements Stage {
  /** Two clusters and the decision that holds them apart. */
  private record Conflict(int one, int other, int ruling) {}

  /** What is left to be cut. */
  private record Task(int[] members, int[] links, List<Conflict> conflicts) {}

  private final Rulings rulings;
  private final long steps;
  private final Map<Integer, Integer> cutBy = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param steps arcs that may be looked at in one piece
   */
  CannotLinkStage(Rulings rulings, long steps) {
    this.rulings = rulings;
    this.steps = steps;
  }

  @Override
  public int[] refine(Links links, int[] label) {
    Map<Integer, List<Conflict>> conflicts = conflicts(label);
    if (conflicts.isEmpty()) {
      return label;
    }
    int[] refined = label.clone();
    Pieces pieces = new Pieces(links, label);
    conflicts.forEach(
        (root, ofPiece) ->
            separate(links, new Task(pieces.members(root), pieces.links(root), ofPiece), refined));
    return refined;
  }

  private Map<Integer, List<Conflict>> conflicts(int[] label) {
    Map<Integer, List<Conflict>> conflicts = new HashMap<>();
    for (int i = 0; i < rulings.cannotLinks.size(); i++) {
      Decision decision = rulings.cannotLinks.get(i);
      int one = rulings.cluster[rulings.left(decision)];
      int other = rulings.cluster[rulings.right(decision)];
      if (label[one] == label[other]) {
        conflicts
            .computeIfAbsent(label[one], key -> new ArrayList<>())
            .add(new Conflict(one, other, i));
      }
    }
    return conflicts;
  }

  private void separate(Links links, Task piece, int[] label) {
    Work work = new Work(steps);
    Deque<Task> tasks = new ArrayDeque<>(List.of(piece));
    while (!tasks.isEmpty()) {
      Task task = tasks.pop();
      if (task.conflicts.isEmpty()) {
        continue;
      }
      boolean[] side = side(links, task, work);
      if (side == null) {
        joinFromTheStrongest(links, piece, label);
        return;
      }
      split(links, task, side, label).forEach(tasks::push);
    }
  }

  /** For each member whether it is on the first one's side; null when there was too much work. */
  private static boolean[] side(Links links, Task task, Work work) {
    Map<Integer, Integer> local = new HashMap<>();
    for (int member : task.members) {
      local.put(member, local.size());
    }
    work.spend(task.members.length + (long) task.links.length);
    MinCut network = new MinCut(task.members.length, task.links.length);
    for (int link : task.links) {
      network.edge(local.get(links.u[link]), local.get(links.v[link]), links.weight[link]);
    }
    Conflict conflict = task.conflicts.get(0);
    return network.cut(local.get(conflict.one), local.get(conflict.other), work);
  }

  private List<Task> split(Links links, Task task, boolean[] side, int[] label) {
    int sourceSide = 0;
    for (boolean inside : side) {
      sourceSide += inside ? 1 : 0;
    }
    int[][] members = {new int[sourceSide], new int[side.length - sourceSide]};
    int[] filled = new int[2];
    for (int i = 0; i < side.length; i++) {
      int half = side[i] ? 0 : 1;
      members[half][filled[half]++] = task.members[i];
    }
    for (int[] half : members) {
      for (int member : half) {
        label[member] = half[0];
      }
    }
    List<Task> halves = new ArrayList<>();
    for (int[] half : members) {
      halves.add(within(links, task, half, label));
    }
    int ruling = task.conflicts.get(0).ruling;
    for (int link : task.links) {
      if (label[links.u[link]] != label[links.v[link]]) {
        cutBy.put(link, ruling);
      }
    }
    return halves;
  }

  private static Task within(Links links, Task task, int[] members, int[] label) {
    int root = members[0];
    int[] inside =
        Arrays.stream(task.links)
            .filter(link -> label[links.u[link]] == root && label[links.v[link]] == root)
            .toArray();
    List<Conflict> conflicts =
        task.conflicts.stream()
            .filter(conflict -> label[conflict.one] == root && label[conflict.other] == root)
            .toList();
    return new Task(members, inside, conflicts);
  }

  private void joinFromTheStrongest(Links links, Task piece, int[] label) {
    Rulings.Rivals rivals = new Rulings.Rivals(label.length);
    for (Conflict conflict : piece.conflicts) {
      rivals.hold(conflict.one, conflict.other, conflict.ruling);
    }
    for (int link : piece.links) {
      int ruling = rivals.between(links.u[link], links.v[link]);
      if (ruling == Rulings.Rivals.NONE) {
        rivals.union(links.u[link], links.v[link]);
      } else {
        cutBy.put(link, ruling);
      }
    }
    int[] joined = rivals.labels();
    for (int member : piece.members) {
      label[member] = joined[member];
    }
    notes.add(
        ("a group of %d identifiers with %d links and %d cannot-links needs more than %d steps for"
                + " minimum cuts; its evidence was taken from the strongest to the weakest instead")
            .formatted(piece.members.length, piece.links.length, piece.conflicts.size(), steps));
  }

  @Override
  public DropReason reason() {
    return DropReason.CANNOT_LINK;
  }

  @Override
  public String detail(int link) {
    Decision decision = rulings.cannotLinks.get(cutBy.get(link));
    return "%s and %s: %s".formatted(decision.left(), decision.right(), decision.words());
  }

  @Override
  public List<String> notes() {
    return notes.stream().sorted().toList();
  }
}
