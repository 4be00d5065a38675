package dev.tributary.pipelines.demo;

import java.nio.file.Path;
import java.util.Locale;

/** The last words of a demo: where things are, and what to try. */
record WhatNext(DemoHome home, DemoReport report) {

  void tell(String demo, double seconds) {
    report.heading(
        String.format(
            Locale.ROOT,
            report.holds() ? "Done in %.0f s; every figure holds." : "Done in %.0f s. NOT EQUAL: ✘",
            seconds));
    String lake = home.lake().localDirectory().map(this::shown).orElse(home.lake().toString());
    report.line("  tables    " + lake);
    report.line("  schemas   " + home.schemas() + "   plan " + home.plan());
    report.line("  Kafka     " + home.brokerData());
    String table = demo.equals("shop") ? "order_completed" : "invoice_line";
    report.heading("Try next:");
    report.line("  ./tributary --lake " + lake + " sql            a prompt, with completion");
    report.line(
        "  ./tributary --lake " + lake + " sql \"SELECT * FROM silver." + table + " LIMIT 5\"");
    report.line(
        "  ./tributary --lake " + lake + " check          that nothing was lost, from the tables");
    report.line("  ./tributary demo               again: it reuses all of this");
    if (demo.equals("shop")) {
      report.line(
          "  ./tributary demo --retail DIR  a real wholesaler's invoices (UCI Online Retail)");
    }
    if (demo.equals("shop")) {
      report.line(
          "  ./tributary predictor accuracy --data "
              + shown(home.predictor())
              + "   how well its jobs were predicted");
    }
    report.line("  ./tributary bench landing      how fast this machine lands");
  }

  /** As the user would type it from here. */
  private String shown(Path place) {
    Path here = Path.of("").toAbsolutePath();
    return place.startsWith(here) ? here.relativize(place).toString() : place.toString();
  }
}
