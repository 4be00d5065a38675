package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * How a picture is drawn.
 *
 * @param showValues whether values are written out; otherwise masked
 * @param maxNodes the most identifiers it shows, at least 2
 * @param focus identifiers that are drawn for certain, with what is nearest to them; the steps
 *     between each two that follow one another are drawn heavier. Empty for the whole component.
 */
public record PictureOptions(boolean showValues, int maxNodes, List<Identifier> focus) {
  /** Masked, at most 120 identifiers, no focus. */
  public static final PictureOptions DEFAULT = new PictureOptions(false, 120, List.of());

  public PictureOptions {
    focus = List.copyOf(focus);
    if (maxNodes < 2) {
      throw GraphErrors.rule("the most identifiers a picture shows", maxNodes, "give at least 2");
    }
  }

  /** The same, with values written out. */
  public PictureOptions withValues() {
    return new PictureOptions(true, maxNodes, focus);
  }

  /** The same, with the identifiers along a path in focus. */
  public PictureOptions along(List<PathExplanation.Step> path) {
    if (path.isEmpty()) {
      return this;
    }
    List<Identifier> ends = new ArrayList<>(List.of(path.get(0).from()));
    path.forEach(step -> ends.add(step.to()));
    return new PictureOptions(showValues, maxNodes, ends);
  }
}
