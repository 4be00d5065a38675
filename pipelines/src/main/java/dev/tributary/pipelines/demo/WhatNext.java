package dev.tributary.pipelines.demo;

import java.io.IOException;
import java.util.Locale;

/** The last words of a demo: where things are, and what to try. */
record WhatNext(DemoHome home, DemoReport report) {

  void tell(String demo, double seconds) throws IOException {
    report.heading(
        String.format(
            Locale.ROOT,
            report.holds() ? "Done in %.0f s; every figure holds." : "Done in %.0f s. NOT EQUAL: ✘",
            seconds));
    String lake = home.shownLake();
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
          "  ./tributary --lake "
              + lake
              + " run identity rules="
              + DemoHome.shown(home.identityRules())
              + "   who is new or changed");
      report.line(
          "  ./tributary demo --retail DIR  a real wholesaler's invoices (UCI Online Retail)");
      report.line(
          "  ./tributary predictor accuracy --data "
              + DemoHome.shown(home.predictor())
              + "   how well its jobs were predicted");
    }
    report.line("  ./tributary bench landing      how fast this machine lands");
  }
}
