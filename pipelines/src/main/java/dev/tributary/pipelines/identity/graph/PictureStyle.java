package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Colours, lines and labels of a {@link ComponentPicture}. */
final class PictureStyle {
  /** After M. Okabe and K. Ito, "Color Universal Design" (2008): told apart by all eyes. */
  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#5b5f97", "#7a7f87");

  private static final List<String> TINTS =
      List.of("#3f7fb5", "#c98a2b", "#4f9d69", "#9a6fb0", "#c2685f", "#5f7f8f");

  private static final String DROPPED = "#b3372f";
  private static final String KEPT = "#4a4f58";
  private static final String FOCUS = "#111318";
  private static final int RADIUS = 15;
  private static final int LABEL = 20;
  private static final int MOST_REASONS = 30;
  private static final int MANY_LINES = 60;

  private final PictureGraph graph;
  private final PictureOptions options;
  private final Map<String, String> colours = new TreeMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<List<Identifier>> steps = new HashSet<>();
  private final boolean reasons;

  PictureStyle(PictureGraph graph, PictureOptions options) {
    this.graph = graph;
    this.options = options;
    graph.nodes.forEach(node -> counts.merge(node.type(), 1, Integer::sum));
    counts
        .keySet()
        .forEach(
            type -> colours.put(type, COLOURS.get(Math.min(colours.size(), COLOURS.size() - 1))));
    for (int i = 1; i < options.focus().size(); i++) {
      Identifier before = options.focus().get(i - 1);
      Identifier at = options.focus().get(i);
      steps.add(before.compareTo(at) < 0 ? List.of(before, at) : List.of(at, before));
    }
    this.reasons = graph.lines.stream().filter(line -> !line.joins()).count() <= MOST_REASONS;
  }

  String label(Identifier identifier) {
    return options.showValues() ? identifier.value() : Masking.mask(identifier.value());
  }

  String colour(String type) {
    return colours.get(type);
  }

  void legend(StringBuilder svg, double x, double y) {
    double at = x;
    for (Map.Entry<String, Integer> type : counts.entrySet()) {
      String text = Markup.shortened(type.getKey(), LABEL) + " (" + type.getValue() + ")";
      add(
          svg,
          "<circle cx=\"%.0f\" cy=\"%.0f\" r=\"6\" fill=\"%s\"/>",
          at + 6,
          y - 4,
          colour(type.getKey()));
      add(
          svg,
          "<text x=\"%.0f\" y=\"%.0f\" font-size=\"12\" fill=\"#3a3e46\">%s</text>",
          at + 17,
          y,
          Markup.text(text));
      at += 34 + 7.2 * text.length();
    }
  }

  /** A shaded area behind the members of a profile. */
  void area(StringBuilder svg, int number, List<Integer> members, ForceLayout layout) {
    Profile profile = graph.profiles[members.get(0)];
    List<double[]> hull = ConvexHull.of(members, layout);
    StringBuilder points = new StringBuilder();
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    for (double[] point : hull) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
      left = point[1] < top ? point[0] : left;
      top = Math.min(top, point[1]);
    }
    String tint = TINTS.get(number % TINTS.size());
    add(
        svg,
        "<polygon points=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"76\""
            + " stroke-linejoin=\"round\" opacity=\"0.11\"><title>%s</title></polygon>",
        points.toString().strip(),
        tint,
        tint,
        Markup.text(about(profile)));
    add(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10.5\" fill=\"#80858e\" text-anchor=\"middle\">%s</text>",
        left,
        top - 44,
        Markup.text(Markup.shortened(profile.id(), 12)));
  }

  private static String about(Profile profile) {
    return String.format(
        Locale.ROOT,
        "profile %s: %s, weakest link %.3f, density %.3f",
        profile.id(),
        Markup.count(profile.members().size(), "identifier"),
        profile.confidence(),
        profile.density());
  }

  void line(StringBuilder svg, PictureGraph.Line line, ForceLayout layout) {
    boolean focus =
        steps.contains(List.of(graph.nodes.get(line.left()), graph.nodes.get(line.right())));
    double widest = graph.lines.size() <= MANY_LINES ? 4.5 : 1.6;
    double thickness = 0.8 + widest * line.confidence() * line.confidence() + (focus ? 2 : 0);
    String colour = line.joins() ? (focus ? FOCUS : KEPT) : DROPPED;
    add(
        svg,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\""
            + " stroke-linecap=\"round\" opacity=\"%s\"%s><title>%s</title></line>",
        layout.x[line.left()],
        layout.y[line.left()],
        layout.x[line.right()],
        layout.y[line.right()],
        colour,
        line.joins() ? thickness : Math.min(thickness, 2.2),
        focus ? "0.95" : "0.55",
        line.joins() ? "" : " stroke-dasharray=\"7 6\"",
        Markup.text(evidence(line)));
    if (!line.joins() && reasons) {
      reason(svg, line, layout);
    }
  }

  private static void reason(StringBuilder svg, PictureGraph.Line line, ForceLayout layout) {
    add(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10.5\" fill=\"%s\" text-anchor=\"middle\""
            + " paint-order=\"stroke\" stroke=\"#fbfaf8\" stroke-width=\"4\">%s</text>",
        (layout.x[line.left()] + layout.x[line.right()]) / 2,
        (layout.y[line.left()] + layout.y[line.right()]) / 2 - 5,
        DROPPED,
        Markup.text(name(line.dropped().get(0).reason())));
  }

  /** {@code weak bridge} of {@link DropReason#WEAK_BRIDGE}. */
  static String name(DropReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String evidence(PictureGraph.Line line) {
    List<String> pieces = new ArrayList<>();
    line.kept().forEach(edge -> pieces.add(evidence(edge)));
    line.dropped()
        .forEach(d -> pieces.add(evidence(d.edge()) + ", dropped: " + d.reason().words()));
    return String.join("; ", pieces);
  }

  static String evidence(Edge edge) {
    return String.format(
        Locale.ROOT,
        "%s, confidence %.3f, seen %d×%s%s",
        edge.rule(),
        edge.confidence(),
        edge.observations(),
        edge.source() == null ? "" : ", source " + edge.source(),
        edge.consent() == null ? "" : ", consent " + edge.consent());
  }

  void node(StringBuilder svg, int node, ForceLayout layout) {
    Identifier identifier = graph.nodes.get(node);
    Profile profile = graph.profiles[node];
    boolean oldest = profile != null && profile.oldest().equals(identifier);
    String colour = colour(identifier.type());
    String fill = profile == null ? "#fbfaf8" : colour;
    String label = Markup.shortened(label(identifier), LABEL);
    add(svg, "<g transform=\"translate(%.1f %.1f)\">", layout.x[node], layout.y[node]);
    add(
        svg,
        "<title>%s</title>",
        Markup.text(identifier.type() + " " + label(identifier) + (oldest ? ", the oldest" : "")));
    if (oldest) {
      add(
          svg,
          "<circle r=\"%d\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>",
          RADIUS + 4,
          colour);
    }
    add(
        svg,
        "<circle r=\"%d\" fill=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>",
        RADIUS,
        fill,
        profile == null ? colour : "#ffffff");
    add(
        svg,
        "<text y=\"4.5\" font-size=\"12\" font-weight=\"600\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
        profile == null ? colour : "#ffffff",
        Markup.text(initial(identifier.type())));
    add(
        svg,
        "<text y=\"%d\" font-size=\"11\" text-anchor=\"middle\" fill=\"#2b2f36\""
            + " paint-order=\"stroke\" stroke=\"#fbfaf8\" stroke-width=\"3\">%s</text>",
        RADIUS + 17,
        Markup.text(label));
    svg.append("</g>\n");
  }

  private static String initial(String type) {
    return type.substring(0, type.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
