package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.landing.LandingConfig.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
      produce(session, replay, report);
      watch.lap("produce");
      CompletableFuture<RetailFigures> figures = CompletableFuture.supplyAsync(this::figures);
      land(session, replay.lines());
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

  private void produce(DemoSession session, RetailReplay replay, DemoReport report) {
    Map<Integer, Long> present = session.topic(TOPIC);
    long inTopic = present.values().stream().mapToLong(Long::longValue).sum();
    long landed = session.landed(TOPIC);
    report.fact("demo", "retail");
    report.fact("directory", home.directory().toString());
    report.fact("lake", home.lake().toString());
    Map<String, Object> reused = new LinkedHashMap<>();
    reused.put("events_in_topic", inTopic);
    reused.put("records_landed", landed);
    report.fact("reused", reused);
    if (inTopic > 0) {
      progress.say(
          "reusing the broker's data (topic '%s' holds %,d events) and the lake %s (%,d of them landed)"
              .formatted(TOPIC, inTopic, home.lake(), landed));
    }
    try (DeliveryProducer producer = session.producer(TOPIC)) {
      producer.resumeAfter(present);
      producer.sendAll(
          replay,
          sent -> {
            long total = Math.round(sent / Math.max(replay.progress(), 1e-9));
            progress.update("sending invoice lines to Kafka", sent, total, "");
          });
    }
    progress.end();
    long now = session.topics().endOffsets(TOPIC).values().stream().mapToLong(n -> n).sum();
    if (now != replay.lines()) {
      throw DemoErrors.moreThanMade(TOPIC, now, replay.lines());
    }
  }

  private void land(DemoSession session, long lines) throws Exception {
    if (session.landed(TOPIC) == lines) {
      return;
    }
    try (DemoLanding landing = session.land(TOPIC, Trigger.AVAILABLE_NOW)) {
      landing.await(lines, n -> progress.update("landing", n, lines, ""));
      landing.result();
    }
  }
}
