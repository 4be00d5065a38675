package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.landing.LandingConfig.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;

/**
 * The demo: a seeded shop sends its events to Kafka while a continuous stream lands them; half-way
 * a schema gains a version, which is placed in the registry beside the running stream. Then every
 * count of the lake is held against what the shop made, and questions are answered in SQL.
 *
 * <p>What an earlier run left is reused: the shop is the same at every run, so what the topic holds
 * is passed over, and what the ledger holds has landed.
 *
 * @param home where the demo keeps its things
 * @param config of the shop
 * @param progress tells a person what is being done
 * @param screen gets the findings
 */
public record ShopDemo(DemoHome home, ShopConfig config, Progress progress, DemoScreen screen) {
  static final String TOPIC = "shop";

  public ShopDemo {
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(screen, "screen");
  }

  /**
   * Runs the demo.
   *
   * @return counts, checks and answers, as they go into JSON
   * @throws dev.tributary.pipelines.job.JobException exit code 3 when a count is not the shop's
   */
  public Map<String, Object> run() throws Exception {
    DemoReport report = new DemoReport(screen);
    Stopwatch watch = new Stopwatch();
    Files.createDirectories(home.directory());
    claim();
    try (DemoSession session = DemoSession.open(home, progress)) {
      watch.lap("start");
      Shop shop = new Shop(config);
      DemoSizing sizing = new DemoSizing(home.predictor(), session.spark().sparkContext().master());
      fill(session, shop, report, sizing);
      watch.lap("produce_and_land");
      session.removeCopies(TOPIC);
      watch.lap("repair");
      new ShopFindings(session, shop.truth(), report).tell();
      session.progress().say("resolving identities");
      sizing.run(
          "demo-identities",
          config.events(),
          () -> new ShopIdentities(session, shop, report).tell());
      sizing.tell(report);
      progress.end();
      watch.lap("check_and_answer");
    }
    report.fact("seconds", watch.seconds());
    new WhatNext(home, report).tell("shop", watch.total());
    if (!report.holds()) {
      throw DemoErrors.unequal(report.toMap());
    }
    return report.toMap();
  }

  /** One directory holds one shop. */
  private void claim() throws IOException {
    String asked =
        "edition=%d seed=%d events=%d start=%s duration=%s"
            .formatted(
                Shop.EDITION, config.seed(), config.events(), config.start(), config.duration());
    if (!Files.exists(home.shop())) {
      Files.writeString(home.shop(), asked, StandardCharsets.UTF_8);
    }
    String there = Files.readString(home.shop(), StandardCharsets.UTF_8).strip();
    if (!there.equals(asked)) {
      throw DemoErrors.otherShop(home, there, asked);
    }
  }

  private void fill(DemoSession session, Shop shop, DemoReport report, DemoSizing sizing)
      throws Exception {
    Reused reused = session.topic(TOPIC);
    report.fact("demo", "shop");
    report.fact("directory", home.directory().toString());
    report.fact("lake", home.lake().toString());
    reused.tell(report);
    try (DeliveryProducer producer = session.producer(TOPIC)) {
      producer.resumeAfter(reused.endOffsets());
      Production production = new Production(session, shop, producer, reused);
      if (reused.landed() == 0) {
        sizing.run("demo-landing", config.events(), production::run);
      } else {
        production.run();
      }
      report.fact("schema_placed_half_way", production.placedNewVersion());
    }
    long made = shop.truth().produced();
    long now = session.inTopic(TOPIC);
    if (now != made) {
      throw DemoErrors.moreThanMade(TOPIC, now, made);
    }
  }

  /** The shop at work, and the stream beside it. */
  private static final class Production {
    private final DemoSession session;
    private final Shop shop;
    private final DeliveryProducer producer;
    private final long inTopic;
    private final long landed;
    private boolean placed;
    private long made;

    Production(DemoSession session, Shop shop, DeliveryProducer producer, Reused reused) {
      this.session = session;
      this.shop = shop;
      this.producer = producer;
      this.inTopic = reused.inTopic();
      this.landed = reused.landed();
    }

    boolean placedNewVersion() {
      return placed;
    }

    void run() throws Exception {
      if (landed > 0 && landed == inTopic && isAllMade()) {
        return;
      }
      try (DemoLanding landing = session.land(TOPIC, Trigger.CONTINUOUS, landed)) {
        produce(landing);
        awaitLanded(landing, "landing the rest");
        landing.stop();
      }
    }

    /** Plays the shop for its truth alone, as long as the topic holds what it makes. */
    private boolean isAllMade() {
      while (made < inTopic && shop.hasNext()) {
        producer.send(shop.next());
        made++;
      }
      return !shop.hasNext();
    }

    private void produce(DemoLanding landing) throws Exception {
      long expected = Math.round(shop.config().events() * 1.014);
      while (shop.hasNext()) {
        Delivery delivery = shop.next();
        boolean secondHalf = !delivery.receivedAt().isBefore(shop.config().halfWay());
        if (secondHalf && !session.home().hasNewVersion()) {
          placeNewVersion(landing);
        }
        producer.send(delivery);
        made++;
        if (made % 1_000 == 0 && made > inTopic) {
          String note = "%,d landed".formatted(landing.landed());
          session.progress().update("producing to Kafka", made, expected, note);
        }
      }
      producer.flush();
    }

    private void placeNewVersion(DemoLanding landing) throws Exception {
      producer.flush();
      awaitLanded(landing, "half-way: landing what there is");
      session.home().placeNewVersion();
      placed = true;
      session
          .progress()
          .say(
              "half-way: schema order_completed 1-0-1 is placed in "
                  + session.home().schemas()
                  + "; the stream runs on");
    }

    private void awaitLanded(DemoLanding landing, String task) throws Exception {
      long target = Math.max(made, inTopic);
      landing.await(target, n -> session.progress().update(task, n, target, ""));
    }
  }
}
