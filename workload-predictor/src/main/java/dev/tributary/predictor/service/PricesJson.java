package dev.tributary.predictor.service;

import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.service.Refusal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prices of a request, over those of the service: a list of objects with the fields of the price
 * file, {@code type, vcpu, memory_gb, on_demand, spot, interruption_rate, cloud}.
 */
final class PricesJson {
  private static final double MB_PER_GIB = 1073.741824;
  private static final int MOST = 10_000;
  private static final int MOST_CORES = 100_000;

  private PricesJson() {}

  static Prices read(At at, Prices known) {
    List<At> items = at.items(MOST);
    if (items.isEmpty()) {
      throw at.refusal(Kind.MISSING_PRICE, "is to list at least one machine type");
    }
    List<Offer> offers = new ArrayList<>();
    for (At item : items) {
      offers.add(offer(item, known));
    }
    return known.with(offers);
  }

  private static Offer offer(At at, Prices known) {
    at.object("type", "vcpu", "memory_gb", "on_demand", "spot", "interruption_rate", "cloud");
    String type = at.get("type").text();
    Optional<Offer> before = known.find(type);
    At cores = at.maybe("vcpu").orElse(null);
    At memory = at.maybe("memory_gb").orElse(null);
    return new Offer(
        type,
        at.maybe("cloud")
            .map(PricesJson::cloud)
            .or(() -> before.map(Offer::cloud))
            .orElse(Cloud.OTHER),
        cores == null && before.isPresent()
            ? before.get().cores()
            : at.get("vcpu").integer(1, MOST_CORES),
        memory == null && before.isPresent()
            ? before.get().memoryGib()
            : at.get("memory_gb").above(0),
        price(
            at.maybe("on_demand")
                .orElseThrow(
                    () ->
                        Refusal.at(
                            Kind.MISSING_PRICE,
                            at.pointer() + "/on_demand",
                            "There is no price of machine type '%s'.".formatted(type)))),
        at.maybe("spot").map(spot -> spot(at, spot)),
        "the request");
  }

  private static Offer.Spot spot(At at, At spot) {
    double rate = at.get("interruption_rate").within(0, 1);
    if (rate >= 1) {
      throw at.get("interruption_rate").range("is a probability below 1, not " + rate);
    }
    return new Offer.Spot(price(spot), rate);
  }

  private static double price(At at) {
    if (!(at.number() > 0)) {
      throw at.refusal(Kind.INVALID_PRICE, "is to be a price above 0, not " + at.node());
    }
    return at.number();
  }

  private static Cloud cloud(At at) {
    String text = at.text();
    return Arrays.stream(Cloud.values())
        .filter(cloud -> cloud.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                at.range(
                    "is one of "
                        + Arrays.toString(Cloud.values()).toLowerCase(Locale.ROOT)
                        + ", not '"
                        + text
                        + "'"));
  }

  /** A machine type with other cores or memory than listed: its price goes with the cores. */
  static Offer resized(Offer listed, int cores, double memoryMb) {
    double share = (double) cores / listed.cores();
    return new Offer(
        listed.type(),
        listed.cloud(),
        cores,
        memoryMb / MB_PER_GIB,
        listed.onDemandUsd() * share,
        listed.spot().map(spot -> new Offer.Spot(spot.usd() * share, spot.interruptionRate())),
        listed.source());
  }
}
