package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.matching.Linkage;
import dev.tributary.pipelines.identity.matching.MatchModel;
import java.util.Locale;

/**
 * A page that shows a model: for each comparison level its match weight, log2(m/u), as a bar to the
 * right when it speaks for a match and to the left when against, and the m and u probabilities.
 */
final class ModelPage {
  private static final double LOG_2 = Math.log(2);
  private static final double MOST_BITS = 20;
  private static final int HALF = 150;
  private static final int ROW = 20;
  private static final double DOUBT = 0.5;

  private ModelPage() {}

  static String of(Linkage linkage) {
    StringBuilder page = new StringBuilder(8192);
    page.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Match weights</title>
        <style>
        body{font:14px system-ui,sans-serif;margin:2rem;color:#222;max-width:70rem}
        h2{font-size:1rem;margin:1.6rem 0 .3rem} p{margin:.3rem 0} svg{display:block}
        text{font-size:12px;fill:#333} .for{fill:#2f7d4f} .against{fill:#b3473e}
        .m{fill:#3a6ea5} .u{fill:#c9a227}
        </style></head><body><h1>Match weights</h1>
        """);
    page.append(
        String.format(
            Locale.ROOT,
            "<p>%,d records, %,d compared pairs, %,d entities. Two random records match with a"
                + " probability of %.3g: a weight of %.1f bits.%s</p>%n",
            linkage.records().size(),
            linkage.candidatePairs(),
            linkage.clusters().size(),
            linkage.model().matchProbability(),
            Math.log(linkage.model().matchProbability()) / LOG_2,
            linkage.oneToOne() ? " A source has an entity at most once." : ""));
    page.append("<p>Green bars speak for a match, red ones against; blue is m, yellow is u.</p>\n");
    page.append(besides(linkage.model()));
    linkage.model().attributes().forEach(attribute -> chart(page, attribute));
    for (String sentence : linkage.leftOut()) {
      page.append("<p>Not compared: ").append(escaped(sentence)).append("</p>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  /** What weighs besides the bars. */
  private static String besides(MatchModel model) {
    StringBuilder besides = new StringBuilder();
    if (model.relativeProbability() > 0) {
      besides.append(
          String.format(
              Locale.ROOT,
              "<p>Two random records are of two persons of one household with a probability of"
                  + " %.3g: what these share weighs less than its bars.</p>%n",
              model.relativeProbability()));
    }
    if (!model.moving().places().isEmpty()) {
      besides.append(
          String.format(
              Locale.ROOT,
              "<p>Between two records of one entity it has moved with a probability of %.3f: however"
                  + " much they differ, %s take no more than %.1f bits together.</p>%n",
              model.moving().probability(),
              escaped(String.join(", ", model.moving().places())),
              -Math.log(model.moving().probability()) / LOG_2));
    }
    return besides.toString();
  }

  private static void chart(StringBuilder page, MatchModel.Parameters attribute) {
    int height = attribute.levels().size() * ROW + 4;
    page.append("<h2>").append(escaped(attribute.attribute())).append("</h2>\n");
    if (attribute.incidental() > DOUBT) {
      page.append(
          String.format(
              Locale.ROOT,
              "<p>With a probability of %.2f it says nothing of who a record is of; its bars count as"
                  + " much less.</p>%n",
              attribute.incidental()));
    }
    page.append("<svg role=\"img\" width=\"980\" height=\"").append(height).append("\">\n");
    for (int level = attribute.levels().size() - 1, row = 0; level >= 0; level--, row++) {
      row(page, attribute, level, row * ROW);
    }
    page.append("</svg>\n");
  }

  private static void row(StringBuilder page, MatchModel.Parameters attribute, int level, int y) {
    double m = attribute.m().get(level);
    double u = attribute.u().get(level);
    double bits = Math.log(m / u) / LOG_2;
    double width = Math.min(MOST_BITS, Math.abs(bits)) / MOST_BITS * HALF;
    int middle = 260 + HALF;
    page.append(
        String.format(
            Locale.ROOT,
            "<text x=\"250\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\"/>"
                + "<text x=\"%d\" y=\"%d\">%+.1f</text>"
                + "<rect class=\"m\" x=\"640\" y=\"%d\" width=\"%.1f\" height=\"7\"/>"
                + "<rect class=\"u\" x=\"640\" y=\"%d\" width=\"%.1f\" height=\"7\"/>"
                + "<text x=\"850\" y=\"%d\">%.3g / %.3g</text>%n",
            y + 13,
            escaped(attribute.levels().get(level)),
            bits >= 0 ? "for" : "against",
            bits >= 0 ? middle : middle - width,
            y + 2,
            width,
            middle + HALF + 8,
            y + 13,
            bits,
            y + 2,
            m * 200,
            y + 9,
            u * 200,
            y + 13,
            m,
            u));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
