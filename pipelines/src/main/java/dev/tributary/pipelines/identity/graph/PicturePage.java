package dev.tributary.pipelines.identity.graph;

import java.util.Locale;

/** A self-contained page around a picture: no script, nothing fetched. */
final class PicturePage {
  private static final String STYLE =
      """
      body{font:14px/1.5 system-ui,'Segoe UI',Roboto,sans-serif;margin:2rem auto;max-width:72rem;
      padding:0 1rem;color:#22252b;background:#fff}
      figure{margin:0 0 2rem;border:1px solid #e4e2dd;border-radius:10px;overflow:auto}
      figure svg{display:block;max-width:100%;height:auto;margin:auto}
      table{border-collapse:collapse;width:100%;margin-bottom:2rem}
      th{text-align:left;color:#6a6f78;font-weight:600}
      th,td{padding:.35rem .6rem;border-bottom:1px solid #eceae6;vertical-align:top}
      h2{font-size:1.05rem;margin:0 0 .4rem}
      i{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.4em}
      """;

  private PicturePage() {}

  static String of(
      String heading, String svg, PictureGraph graph, PictureStyle style, Resolution resolution) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'\">\n<meta name=\"viewport\" ")
        .append("content=\"width=device-width\">\n<title>")
        .append(Markup.text(heading))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<figure>\n")
        .append(svg)
        .append("</figure>\n");
    identifiers(page, graph, style);
    evidence(page, graph, style);
    for (String note : resolution.notes()) {
      page.append("<p>").append(Markup.text(note)).append("</p>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void identifiers(StringBuilder page, PictureGraph graph, PictureStyle style) {
    page.append("<h2>Identifiers</h2>\n<table>\n");
    row(page, "th", "type", "value", "profile", "weakest link");
    for (int node = 0; node < graph.nodes.size(); node++) {
      Identifier identifier = graph.nodes.get(node);
      Profile profile = graph.profiles[node];
      page.append("<tr><td><i style=\"background:")
          .append(style.colour(identifier.type()))
          .append("\"></i>")
          .append(Markup.text(identifier.type()));
      cell(page, style.label(identifier));
      cell(page, profile == null ? "none: stands for nobody" : profile.id());
      cell(page, profile == null ? "" : figure(profile.confidence()));
      page.append("</td></tr>\n");
    }
    page.append("</table>\n");
  }

  private static void evidence(StringBuilder page, PictureGraph graph, PictureStyle style) {
    page.append("<h2>Evidence</h2>\n<table>\n");
    row(page, "th", "from", "to", "evidence", "joins");
    for (PictureGraph.Line line : graph.lines) {
      String from = name(graph.nodes.get(line.left()), style);
      String to = name(graph.nodes.get(line.right()), style);
      for (Edge edge : line.kept()) {
        row(page, "td", from, to, PictureStyle.evidence(edge), "yes");
      }
      for (DroppedEdge dropped : line.dropped()) {
        row(page, "td", from, to, PictureStyle.evidence(dropped.edge()), why(dropped));
      }
    }
    page.append("</table>\n");
  }

  /** Of decisions the detail names identifiers, which may have to be masked. */
  private static String why(DroppedEdge dropped) {
    return "no: it " + dropped.reason().words();
  }

  private static String name(Identifier identifier, PictureStyle style) {
    return identifier.type() + " " + style.label(identifier);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static void cell(StringBuilder page, String text) {
    page.append("</td><td>").append(Markup.text(text));
  }

  private static void row(StringBuilder page, String kind, String... cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append('<').append(kind).append('>').append(Markup.text(cell));
      page.append("</").append(kind).append('>');
    }
    page.append("</tr>\n");
  }
}
