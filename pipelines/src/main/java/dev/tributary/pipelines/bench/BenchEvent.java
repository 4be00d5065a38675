package dev.tributary.pipelines.bench;

import static dev.tributary.pipelines.bench.BenchProperty.Kind.CHOICE;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.COUNT;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.FLAG;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.ID;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.ITEMS;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.MONEY;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.SCORE;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.TEXT;
import static dev.tributary.pipelines.bench.BenchProperty.Kind.TIME;

import java.util.List;
import java.util.Locale;

/**
 * One of the benchmark's twelve types of event, each a track call with a schema and a table of its
 * own.
 *
 * @param name the event's name
 * @param properties what it holds
 */
record BenchEvent(String name, List<BenchProperty> properties) {

  static final List<BenchEvent> ALL =
      List.of(
          new BenchEvent(
              "Product Viewed",
              List.of(id("product_id"), text("name"), choice("category"), money("price"))),
          new BenchEvent(
              "Product Added",
              List.of(id("product_id"), id("cart_id"), money("price"), count("quantity"))),
          new BenchEvent(
              "Product Removed",
              List.of(id("product_id"), id("cart_id"), money("price"), flag("by_user"))),
          new BenchEvent(
              "Products Searched",
              List.of(id("search_id"), text("query"), count("results"), score("relevance"))),
          new BenchEvent(
              "Cart Viewed", List.of(id("cart_id"), money("value"), items(), choice("currency"))),
          new BenchEvent(
              "Checkout Started", List.of(id("order_id"), money("value"), items(), flag("guest"))),
          new BenchEvent(
              "Payment Entered",
              List.of(id("order_id"), id("card_token"), choice("method"), money("amount"))),
          new BenchEvent(
              "Order Completed",
              List.of(id("order_id"), money("revenue"), money("tax"), items(), choice("currency"))),
          new BenchEvent(
              "Coupon Applied",
              List.of(id("order_id"), choice("coupon"), money("discount"), flag("accepted"))),
          new BenchEvent(
              "Promotion Viewed",
              List.of(id("promotion_id"), text("name"), choice("slot"), count("position"))),
          new BenchEvent(
              "Video Played",
              List.of(id("video_id"), text("title"), score("played"), count("seconds"))),
          new BenchEvent(
              "Email Opened",
              List.of(id("email_id"), choice("campaign"), text("subject"), time("delivered_at"))));

  BenchEvent {
    properties = List.copyOf(properties);
  }

  /** The name of the schema, snake_case. */
  String schemaName() {
    return name.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private static BenchProperty id(String name) {
    return new BenchProperty(name, ID);
  }

  private static BenchProperty text(String name) {
    return new BenchProperty(name, TEXT);
  }

  private static BenchProperty choice(String name) {
    return new BenchProperty(name, CHOICE);
  }

  private static BenchProperty money(String name) {
    return new BenchProperty(name, MONEY);
  }

  private static BenchProperty count(String name) {
    return new BenchProperty(name, COUNT);
  }

  private static BenchProperty score(String name) {
    return new BenchProperty(name, SCORE);
  }

  private static BenchProperty flag(String name) {
    return new BenchProperty(name, FLAG);
  }

  private static BenchProperty time(String name) {
    return new BenchProperty(name, TIME);
  }

  private static BenchProperty items() {
    return new BenchProperty("items", ITEMS);
  }
}
