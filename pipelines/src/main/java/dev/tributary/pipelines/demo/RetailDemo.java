package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.landing.LandingConfig.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Replays a real wholesaler's invoices (UCI Online Retail, one CSV file a day) through Kafka as
 * order events, lands them, and holds the lake against figures computed from the files alone.
 *
 * @param home where the demo keeps its things
 * @param data directory of the CSV files
 * @param progress tells a person what is being done
 * @param screen gets the findings
 */
public record RetailDemo(DemoHome home, Path data, Progress progress, DemoScreen screen) {
  static final String TOPIC = "retail";

  public RetailDemo {
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(screen, "screen");
  }

  /**
   * Runs the demo.
   *
   * @return counts, checks and answers, as they go into JSON
   * @throws dev.tributary.pipelines.job.JobException exit code 3 when a figure is not the files', 2
   *     when there are no such files
   */
  public Map<String, Object> run() throws Exception {
    if (!Files.isDirectory(data)) {
      throw DemoErrors.noRetailData(data);
    }
    DemoReport report = new DemoReport(screen);
    Stopwatch watch = new Stopwatch();
    RetailReplay replay = RetailReplay.of(data);
    Files.createDirectories(home.directory());
    try (DemoSession session = DemoSession.open(home, progress)) {
      watch.lap("start");
      Reused reused = produce(session, replay, report);
      watch.lap("produce");
      CompletableFuture<RetailFigures> figures = CompletableFuture.supplyAsync(this::figures);
      land(session, reused.landed(), replay.lines());
      watch.lap("land");
      new RetailFindings(session, figures.join(), replay, report).tell();
      progress.end();
      watch.lap("check_and_answer");
    }
    report.fact("seconds", watch.seconds());
    new WhatNext(home, report).tell("retail", watch.total());
    if (!report.holds()) {
      throw DemoErrors.unequal(report.toMap());
    }
    return report.toMap();
  }

  private RetailFigures figures() {
    try {
      return RetailFigures.of(data);
    } catch (IOException e) {
      throw DeliveryException.unreadable(data, e);
    }
  }

  private Reused produce(DemoSession session, RetailReplay replay, DemoReport report) {
    Reused reused = session.topic(TOPIC);
    report.fact("demo", "retail");
    report.fact("directory", home.directory().toString());
    report.fact("lake", home.lake().toString());
    reused.tell(report);
    try (DeliveryProducer producer = session.producer(TOPIC)) {
      producer.resumeAfter(reused.endOffsets());
      producer.sendAll(
          replay,
          sent -> {
            if (sent > reused.inTopic()) {
              long total = Math.round(sent / Math.max(replay.progress(), 1e-9));
              progress.update("sending invoice lines to Kafka", sent, total, "");
            }
          });
    }
    progress.end();
    long now = session.inTopic(TOPIC);
    if (now != replay.lines()) {
      throw DemoErrors.moreThanMade(TOPIC, now, replay.lines());
    }
    return reused;
  }

  private void land(DemoSession session, long landed, long lines) throws Exception {
    if (landed == lines) {
      return;
    }
    try (DemoLanding landing = session.land(TOPIC, Trigger.AVAILABLE_NOW, landed)) {
      landing.await(lines, n -> progress.update("landing", n, lines, ""));
      landing.result();
    }
  }
}
