package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.pipelines.demo.Catalogue.Item;
import dev.tributary.pipelines.demo.Wire.Call;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The cart and the order of one visit. Amounts are in cents; totals include tax and shipping. */
final class Checkout {

  /** What orders name before half-way. */
  static final String ORDER_SCHEMA = "iglu:dev.tributary.shop/order_completed/jsonschema/1-0-0";

  /** What orders name from half-way on. */
  static final String NEW_ORDER_SCHEMA = "iglu:dev.tributary.shop/order_completed/jsonschema/1-0-1";

  private static final int FREE_SHIPPING_FROM = 5_000;
  private static final int SHIPPING = 495;

  private final Chance chance;
  private final ShopPerson person;
  private final Instant halfWay;
  private final String cartId;
  private final String orderId;
  private final String coupon;

  Checkout(Chance chance, ShopPerson person, Instant halfWay) {
    this.chance = chance;
    this.person = person;
    this.halfWay = halfWay;
    this.cartId = "cart_" + chance.digits(12);
    this.orderId = "O" + chance.digits(12);
    this.coupon = chance.happens(0.15) ? "AUTUMN10" : null;
  }

  String cartId() {
    return cartId;
  }

  /** The schema that an order made now names. */
  String schemaAt(Instant ordered) {
    return ordered.isBefore(halfWay) ? ORDER_SCHEMA : NEW_ORDER_SCHEMA;
  }

  void cart(JsonGenerator json, List<Item> items) throws IOException {
    json.writeStringField("cart_id", cartId);
    Wire.money(json, "value", value(items));
    json.writeStringField("currency", person.currency());
    Wire.products(json, items);
  }

  void started(JsonGenerator json, List<Item> items) throws IOException {
    json.writeStringField("order_id", orderId);
    json.writeStringField("cart_id", cartId);
    Wire.money(json, "value", value(items));
    Wire.money(json, "revenue", total(items));
    json.writeStringField("currency", person.currency());
    Wire.optional(json, "coupon", coupon);
    Wire.products(json, items);
  }

  void completed(JsonGenerator json, List<Item> items, boolean app, Instant ordered)
      throws IOException {
    json.writeStringField("order_id", orderId);
    json.writeStringField("checkout_id", cartId);
    json.writeStringField("channel", app ? "app" : "web");
    Wire.money(json, "revenue", value(items) - discount(items));
    Wire.money(json, "shipping", shipping(items));
    Wire.money(json, "tax", (value(items) - discount(items)) / 6);
    Wire.money(json, "discount", discount(items));
    Wire.money(json, "total", total(items));
    json.writeStringField("currency", person.currency());
    Wire.optional(json, "coupon", coupon);
    boolean card = chance.happens(0.6);
    json.writeStringField("payment_method", card ? "card" : "paypal");
    Wire.optional(json, "card_token", card ? person.cardToken() : null);
    Wire.products(json, items);
    if (!ordered.isBefore(halfWay)) {
      boolean express = chance.happens(0.25);
      json.writeStringField("shipping_method", express ? "express" : "standard");
      json.writeBooleanField("gift_wrap", chance.happens(0.1));
      Instant arrival = ordered.plus(Duration.ofDays(express ? 1 : 3));
      json.writeStringField(
          "estimated_delivery", arrival.atOffset(ZoneOffset.UTC).toLocalDate().toString());
    }
  }

  /** The shop's back office gives the money back, or half of it. */
  void refund(Outbox outbox, List<Item> items, Instant refunded, String userId) {
    boolean partial = chance.happens(0.4);
    int cents = partial ? total(items) / 2 : total(items);
    Call call =
        new Call(
            "track",
            "Order Refunded",
            chance.uuid(),
            null,
            userId == null ? person.contactId() : userId,
            refunded,
            refunded.plusMillis(5),
            null);
    byte[] value =
        Wire.segment(
            call,
            json -> {},
            json -> {},
            json -> {
              json.writeStringField("order_id", orderId);
              Wire.money(json, "total", cents);
              json.writeStringField("currency", person.currency());
              json.writeStringField(
                  "reason", chance.oneOf(List.of("damaged", "late", "wrong_item", "changed_mind")));
              json.writeBooleanField("partial", partial);
            });
    String key = call.userId();
    outbox.deliver(
        chance, "Order Refunded", key, value, Map.of(), refunded, refunded.plusMillis(5));
  }

  int total(List<Item> items) {
    return value(items) - discount(items) + shipping(items);
  }

  private static int value(List<Item> items) {
    return items.stream().mapToInt(Item::cents).sum();
  }

  private int discount(List<Item> items) {
    return coupon == null ? 0 : value(items) / 10;
  }

  private static int shipping(List<Item> items) {
    return value(items) >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  }
}
