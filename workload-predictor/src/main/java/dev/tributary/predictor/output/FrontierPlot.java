package dev.tributary.predictor.output;

import dev.tributary.predictor.recommend.Assessment;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommendation.Cheapest;
import dev.tributary.predictor.recommend.Recommendation.FirstPick;
import dev.tributary.predictor.recommend.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The frontier as a picture: cost over time, both at their bounds, logarithmic; every safe
 * candidate a dot, the frontier a line, the deadline and the chosen cluster marked.
 */
public final class FrontierPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 480;
  private static final int LEFT = 90;
  private static final int RIGHT = 30;
  private static final int TOP = 50;
  private static final int BOTTOM = 60;

  private final List<Assessment> safe;
  private final Recommendation answer;
  private final Axis time;
  private final Axis cost;

  private FrontierPlot(Recommendation answer) {
    this.answer = answer;
    this.safe = answer.candidates().stream().filter(Assessment::isSafe).toList();
    double deadline =
        answer.request().constraints().deadline().map(d -> d.toNanos() / 1e9).orElse(Double.NaN);
    this.time =
        Axis.over(
            java.util.stream.DoubleStream.concat(
                    safe.stream().mapToDouble(of -> of.runtime().upper()),
                    java.util.stream.DoubleStream.of(deadline))
                .toArray(),
            LEFT,
            WIDTH - RIGHT);
    this.cost =
        Axis.over(
            safe.stream().mapToDouble(of -> of.costBound().usd()).toArray(), HEIGHT - BOTTOM, TOP);
  }

  /** One SVG document, or the same within an HTML page. */
  public static String of(Recommendation answer, boolean html) {
    String svg = new FrontierPlot(answer).svg();
    return html
        ? "<!doctype html>\n<meta charset=\"utf-8\">\n<title>"
            + escape("Cost and time of " + answer.request().job())
            + "</title>\n"
            + svg
        : svg;
  }

  /** A logarithmic axis from values to pixels. */
  private record Axis(double low, double high, int from, int to) {
    static Axis over(double[] values, int from, int to) {
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      for (double value : values) {
        if (value > 0 && Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      return high == 0 ? new Axis(1, 10, from, to) : new Axis(low / 1.15, high * 1.15, from, to);
    }

    double at(double value) {
      double share = Math.log(Math.max(low, Math.min(value, high)) / low) / Math.log(high / low);
      return from + share * (to - from);
    }

    double tick(int index, int of) {
      return low * Math.pow(high / low, (index + 0.5) / of);
    }
  }

  private String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n",
            WIDTH, HEIGHT, WIDTH, HEIGHT));
    svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT));
    text(
        svg,
        LEFT,
        24,
        "start",
        "Cost and time of %s, bounds at %s"
            .formatted(answer.request().job(), answer.request().constraints().confidence()));
    axes(svg);
    for (Assessment of : safe) {
      dot(svg, of, 3, of.fits() ? "#7a9cc6" : "#cccccc");
    }
    line(svg);
    answer
        .request()
        .constraints()
        .deadline()
        .ifPresent(
            deadline -> {
              double x = time.at(deadline.toNanos() / 1e9);
              svg.append(
                  format(
                      "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#c0392b\""
                          + " stroke-dasharray=\"4 3\"/>%n",
                      x, TOP, x, HEIGHT - BOTTOM));
              text(svg, x, TOP - 6, "middle", "deadline");
            });
    chosen()
        .ifPresent(
            of -> {
              dot(svg, of, 7, "#c0392b");
              text(
                  svg,
                  time.at(of.runtime().upper()),
                  cost.at(of.costBound().usd()) - 12,
                  "middle",
                  of.candidate().label());
            });
    if (safe.isEmpty()) {
      text(svg, WIDTH / 2.0, HEIGHT / 2.0, "middle", "no candidate is known and large enough");
    }
    return svg.append("</svg>").append(System.lineSeparator()).toString();
  }

  private void axes(StringBuilder svg) {
    svg.append(
        format(
            "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#333\"/>%n",
            LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT));
    for (int i = 0; i < 5; i++) {
      double seconds = time.tick(i, 5);
      double usd = cost.tick(i, 5);
      text(svg, time.at(seconds), HEIGHT - BOTTOM + 18, "middle", Values.time(seconds));
      text(svg, LEFT - 6, cost.at(usd) + 4, "end", Values.usd(usd));
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 16, "middle", "runtime");
    text(svg, LEFT - 6, TOP - 6, "end", "cost");
  }

  private void dot(StringBuilder svg, Assessment of, int radius, String colour) {
    svg.append(
        format(
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"><title>%s: %s, %s</title>"
                + "</circle>%n",
            time.at(of.runtime().upper()),
            cost.at(of.costBound().usd()),
            radius,
            colour,
            escape(of.candidate().label()),
            Values.time(of.runtime().upper()),
            Values.usd(of.costBound().usd())));
  }

  private void line(StringBuilder svg) {
    List<Assessment> frontier = answer.frontier();
    if (frontier.isEmpty()) {
      return;
    }
    StringBuilder points = new StringBuilder();
    for (Assessment of : frontier) {
      points.append(
          format("%.1f,%.1f ", time.at(of.runtime().upper()), cost.at(of.costBound().usd())));
    }
    svg.append(
        format(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"#2c5c9c\" stroke-width=\"1.5\"/>%n",
            points.toString().strip()));
  }

  private Optional<Assessment> chosen() {
    if (answer instanceof FirstPick first) {
      return Optional.of(first.chosen());
    }
    return answer instanceof Cheapest cheapest ? Optional.of(cheapest.chosen()) : Optional.empty();
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        format(
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x, y, anchor, escape(text)));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
