package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.pipelines.demo.Catalogue.Item;
import dev.tributary.pipelines.demo.Catalogue.Product;
import dev.tributary.pipelines.demo.Wire.Call;
import dev.tributary.pipelines.demo.Wire.Fields;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One visit of a person with one device: looking, perhaps logging in, perhaps buying. */
final class Visit {

  private static final String SITE = "https://shop.example.com";
  private static final List<String> CAMPAIGNS = List.of("autumn-sale", "welcome", "newsletter-41");

  private final Chance chance;
  private final ShopPerson person;
  private final ShopDevice device;
  private final Catalogue catalogue;
  private final Habits habits;
  private final long number;
  private final Outbox outbox;
  private final Checkout checkout;
  private final String campaign;
  private final Duration offline;
  private final List<Item> cart = new ArrayList<>();
  private Instant now;
  private String userId;
  private String lastPath = "";
  private int looks;

  Visit(
      Chance chance,
      ShopPerson person,
      Instant start,
      Catalogue catalogue,
      Outbox outbox,
      Instant halfWay,
      Habits habits,
      long number) {
    this.chance = chance;
    this.person = person;
    ShopDevice chosen = chance.oneOf(person.devices());
    this.device = chosen.at(habits.address(person, chosen, start, number));
    this.habits = habits;
    this.number = number;
    this.catalogue = catalogue;
    this.outbox = outbox;
    this.now = start;
    this.campaign = chance.happens(0.2) ? chance.oneOf(CAMPAIGNS) : null;
    this.offline = offline();
    this.checkout = new Checkout(chance, person, halfWay);
  }

  /** Plays the visit; what it orders may come back later as a refund through the outbox. */
  void play() {
    view("home", "/", "Home");
    if (person.registered() && chance.happens(0.35)) {
      logIn();
    }
    for (int left = chance.between(0, 5); left > 0; left--) {
      look();
    }
    if (!cart.isEmpty() && chance.happens(0.7)) {
      buy();
    }
  }

  private void look() {
    Product product = habits.product(person, catalogue.choose(chance), number * 16 + looks++);
    view("product", "/p/" + product.id(), product.name());
    track(
        "Product Viewed",
        json -> {
          Wire.product(json, product);
          json.writeStringField("currency", person.currency());
          json.writeNumberField("position", chance.between(1, 40));
          json.writeBooleanField("in_stock", chance.happens(0.97));
        });
    if (chance.happens(0.3)) {
      Item item = new Item(product, chance.happens(0.8) ? 1 : chance.between(2, 6));
      cart.add(item);
      track(
          "Product Added",
          json -> {
            json.writeStringField("cart_id", checkout.cartId());
            Wire.product(json, product);
            json.writeNumberField("quantity", item.quantity());
            json.writeStringField("currency", person.currency());
          });
    }
  }

  private void buy() {
    view("cart", "/cart", "Cart");
    track("Cart Viewed", json -> checkout.cart(json, cart));
    if (chance.happens(0.3)) {
      return;
    }
    track("Checkout Started", json -> checkout.started(json, cart));
    if (userId == null && person.registered() && chance.happens(0.8)) {
      logIn();
    }
    if (chance.happens(0.2)) {
      return;
    }
    String schema = checkout.schemaAt(now);
    boolean app = device.platform().isApp();
    Instant ordered = now;
    send(
        "track", "Order Completed", schema, none(), j -> checkout.completed(j, cart, app, ordered));
    if (chance.happens(0.06)) {
      Instant refunded = now.plusSeconds(chance.between(86_400, 8 * 86_400));
      checkout.refund(outbox, cart, refunded, userId);
    }
  }

  private void logIn() {
    boolean known = userId != null;
    userId = chance.happens(0.9) ? person.userIds().get(0) : chance.oneOf(person.userIds());
    if (device.platform().isApp() && chance.happens(0.1) && !known) {
      Fields previous = json -> json.writeStringField("previousId", device.anonymousId());
      send("alias", null, null, previous, null);
    }
    send("identify", null, null, none(), json -> Traits.write(json, chance, person));
    if (person.company() != null && chance.happens(0.3)) {
      String groupId = "g" + Math.floorMod(person.company().hashCode(), 10_000);
      Fields group = json -> json.writeStringField("groupId", groupId);
      send("group", null, null, group, json -> Traits.writeCompany(json, person));
    }
  }

  private void view(String category, String path, String title) {
    if (device.platform().isApp()) {
      Fields name = json -> json.writeStringField("name", title);
      send("screen", null, null, name, json -> screen(json, category, title));
    } else {
      Fields name = json -> json.writeStringField("name", title);
      send("page", null, null, name, json -> page(json, category, path, title));
    }
    lastPath = path;
  }

  private void screen(JsonGenerator json, String category, String title) throws IOException {
    json.writeStringField("screen", title);
    json.writeStringField("category", category);
    json.writeStringField("orientation", chance.happens(0.9) ? "portrait" : "landscape");
  }

  private void page(JsonGenerator json, String category, String path, String title)
      throws IOException {
    json.writeStringField("path", path);
    json.writeStringField("url", SITE + path);
    json.writeStringField("title", title + " · Shop");
    json.writeStringField("referrer", lastPath.isEmpty() ? "" : SITE + lastPath);
    json.writeStringField("category", category);
  }

  private void track(String event, Fields properties) {
    send("track", event, null, none(), properties);
  }

  private void send(String type, String event, String schema, Fields top, Fields body) {
    Instant occurred = now;
    Instant sent = occurred.plus(offline).plusMillis(chance.between(5, 20_000));
    String id = chance.happens(0.0005) ? null : chance.uuid();
    Call call =
        new Call(
            type,
            event,
            id,
            device,
            userId,
            occurred.plus(device.clockSkew()),
            sent.plus(device.clockSkew()),
            schema);
    byte[] value = Wire.segment(call, this::context, top, body);
    String label = event == null ? type : event;
    outbox.deliver(chance, label, device.anonymousId(), value, Map.of(), occurred, sent);
    now = now.plusMillis(chance.between(2_000, 60_000));
  }

  private void context(JsonGenerator json) throws IOException {
    json.writeStringField("locale", locale());
    if (campaign != null) {
      json.writeObjectFieldStart("campaign");
      json.writeStringField("name", campaign);
      json.writeStringField("source", "newsletter");
      json.writeStringField("medium", "email");
      json.writeEndObject();
    }
  }

  private String locale() {
    return switch (person.country()) {
      case "DE" -> "de-DE";
      case "FR" -> "fr-FR";
      case "US" -> "en-US";
      default -> "en-GB";
    };
  }

  /** One app visit in twenty-five happens without a network and is sent up to three days later. */
  private Duration offline() {
    boolean without = device.platform().isApp() && chance.happens(0.04);
    return without ? Duration.ofMinutes(chance.between(30, 3 * 24 * 60)) : Duration.ZERO;
  }

  private static Fields none() {
    return json -> {};
  }
}
