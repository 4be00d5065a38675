package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A resolution as a picture: identifiers by type, profiles as shaded areas, evidence as lines as
 * thick as its confidence, what was dropped dashed with its reason. The same resolution always
 * gives the same text. All text in it is escaped; values are masked unless asked for.
 */
public final class ComponentPicture {
  private static final int MARGIN = 90;
  private static final int HEADER = 96;
  private static final int LEAST_WIDTH = 780;

  private final Resolution resolution;
  private final PictureOptions options;
  private final PictureGraph graph;
  private final ForceLayout layout;
  private final PictureStyle style;

  private ComponentPicture(Resolution resolution, PictureOptions options) {
    this.resolution = resolution;
    this.options = options;
    this.graph = new PictureGraph(resolution, options);
    this.layout = ForceLayout.of(graph);
    this.style = new PictureStyle(graph, options);
  }

  /** Draws a resolution of one component (or a few). */
  public static ComponentPicture of(Resolution resolution, PictureOptions options) {
    return new ComponentPicture(resolution, options);
  }

  /** A stand-alone SVG document. */
  public String svg() {
    double left = min(layout.x) - MARGIN;
    double top = min(layout.y) - MARGIN;
    double width = Math.max(LEAST_WIDTH, max(layout.x) + MARGIN - left);
    double height = max(layout.y) + MARGIN - top + HEADER;
    double spare = (width - (max(layout.x) + MARGIN - left)) / 2;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
            + " viewBox=\"0 0 %.0f %.0f\" role=\"img\" font-family=\"system-ui,'Segoe UI',"
            + "Roboto,'DejaVu Sans',sans-serif\">",
        width,
        height,
        width,
        height);
    add(svg, "<title>%s</title>", Markup.text(heading()));
    add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fbfaf8\"/>");
    header(svg);
    add(svg, "<g transform=\"translate(%.1f %.1f)\">", spare - left, HEADER - top);
    List<List<Integer>> profiles = profiles();
    for (int i = 0; i < profiles.size(); i++) {
      style.area(svg, i, profiles.get(i), layout);
    }
    graph.lines.forEach(line -> style.line(svg, line, layout));
    for (int node = 0; node < graph.nodes.size(); node++) {
      style.node(svg, node, layout);
    }
    svg.append("</g>\n</svg>\n");
    return svg.toString();
  }

  /** A page with the picture, and all it shows as tables. */
  public String html() {
    return PicturePage.of(heading(), svg(), graph, style, resolution);
  }

  private String heading() {
    return "%s, %s, %s dropped"
        .formatted(
            Markup.count(resolution.profiles().size(), "profile"),
            Markup.count(graph.nodes.size() + graph.hiddenNodes, "identifier"),
            Markup.count(resolution.dropped().size(), "piece", " of evidence"));
  }

  private void header(StringBuilder svg) {
    add(
        svg,
        "<text x=\"24\" y=\"34\" font-size=\"17\" font-weight=\"600\" fill=\"#22252b\">%s</text>",
        Markup.text(heading()));
    add(
        svg,
        "<text x=\"24\" y=\"54\" font-size=\"12\" fill=\"#6a6f78\">%s</text>",
        Markup.text(remark()));
    style.legend(svg, 24, 78);
  }

  private String remark() {
    String values = options.showValues() ? "" : "Values are masked. ";
    if (graph.hiddenNodes == 0) {
      return values + "Lines are as thick as the confidence; dashed ones join nothing.";
    }
    return values
        + "Not shown: %s and %s."
            .formatted(
                Markup.count(graph.hiddenNodes, "identifier"),
                Markup.count(graph.hiddenLines, "link"));
  }

  /** The nodes of each profile that is shown, the largest first so that small ones lie on top. */
  private List<List<Integer>> profiles() {
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int node = 0; node < graph.nodes.size(); node++) {
      if (graph.profiles[node] != null) {
        members.computeIfAbsent(graph.profiles[node].id(), key -> new ArrayList<>()).add(node);
      }
    }
    List<List<Integer>> ordered = new ArrayList<>(members.values());
    ordered.sort(Comparator.comparingInt(nodes -> -nodes.size()));
    return ordered;
  }

  private static double min(double[] values) {
    double min = values.length == 0 ? 0 : values[0];
    for (double value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static double max(double[] values) {
    double max = values.length == 0 ? 0 : values[0];
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
