package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.pipelines.demo.Catalogue.Item;
import dev.tributary.pipelines.demo.Wire.Call;
import dev.tributary.pipelines.demo.Wire.Fields;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What reaches the topic from no device: tills (CloudEvents), the CRM and the mailing system (both
 * as a server's Segment calls).
 */
final class BackOffice {

  static final String PURCHASE_TYPE = "dev.tributary.shop.store_purchase";
  private static final String PURCHASE_SCHEMA =
      "iglu:dev.tributary.shop/store_purchase/jsonschema/1-0-0";
  private static final String CARD = "anonymousid";

  private final Catalogue catalogue;
  private final Outbox outbox;

  BackOffice(Catalogue catalogue, Outbox outbox) {
    this.catalogue = catalogue;
    this.outbox = outbox;
  }

  /**
   * A purchase at a till. A customer with a loyalty card is the subject; of the others the token of
   * the payment card is known. Half of the stores send structured CloudEvents, half binary ones.
   */
  void purchase(Chance chance, ShopPerson person, Instant at) {
    int store = chance.between(1, 12);
    boolean loyal = person.registered() && chance.happens(0.7);
    String who = loyal ? person.userIds().get(0) : person.cardToken();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", chance.uuid());
    attributes.put("source", "/stores/" + store);
    attributes.put("type", PURCHASE_TYPE);
    attributes.put("time", Wire.time(at));
    attributes.put(loyal ? "subject" : CARD, who);
    Fields data = json -> writePurchase(json, chance, person, store, loyal);
    boolean structured = store % 2 == 0;
    byte[] value = structured ? structured(attributes, data) : Wire.object(data);
    Map<String, String> headers = structured ? structuredHeaders() : binaryHeaders(attributes);
    Instant sent = at.plusMillis(chance.between(5, 5_000));
    outbox.deliver(chance, PURCHASE_TYPE, who, value, headers, at, sent);
  }

  void contactUpdated(Chance chance, ShopPerson person, Instant at) {
    Fields properties =
        json -> {
          json.writeStringField("contact_id", person.contactId());
          json.writeStringField("email", person.emails().get(0));
          json.writeStringField("phone", person.phone());
          json.writeStringField("first_name", person.givenName());
          json.writeStringField("last_name", person.familyName());
          Traits.writeAddress(json, person);
          Wire.optional(json, "company", person.company());
          json.writeStringField("segment", person.company() == null ? "consumer" : "business");
          json.writeStringField("agent_id", "agent" + chance.between(1, 20));
          json.writeArrayFieldStart("changed_fields");
          json.writeString(chance.oneOf(List.of("address", "phone", "email")));
          json.writeEndArray();
        };
    serverCall(chance, "Contact Updated", serverId(person), at, properties);
  }

  void emailOpened(Chance chance, ShopPerson person, Instant at) {
    int campaign = chance.between(38, 45);
    Fields properties =
        json -> {
          json.writeStringField("email", chance.oneOf(person.emails()));
          json.writeStringField("email_id", "m" + chance.digits(10));
          json.writeStringField("campaign_id", "newsletter-" + campaign);
          json.writeStringField("campaign_name", "Newsletter " + campaign);
          json.writeStringField("subject", "New this week – chosen for you");
          if (chance.happens(0.3)) {
            json.writeStringField("link_id", "l" + chance.between(1, 9));
          }
        };
    serverCall(chance, "Email Opened", serverId(person), at, properties);
  }

  /** The login where there is one, else the number of the CRM's record. */
  private static String serverId(ShopPerson person) {
    return person.registered() ? person.userIds().get(0) : person.contactId();
  }

  private void serverCall(
      Chance chance, String event, String userId, Instant at, Fields properties) {
    Instant sent = at.plusMillis(chance.between(5, 2_000));
    Call call = new Call("track", event, chance.uuid(), null, userId, at, sent, null);
    byte[] value = Wire.segment(call, json -> {}, json -> {}, properties);
    outbox.deliver(chance, event, userId, value, Map.of(), at, sent);
  }

  private void writePurchase(
      JsonGenerator json, Chance chance, ShopPerson person, int store, boolean loyal)
      throws IOException {
    List<Item> items = catalogue.basket(chance, 5);
    boolean card = !loyal || chance.happens(0.7);
    json.writeStringField("receipt_id", "R" + chance.digits(10));
    json.writeStringField("store_id", "S" + (100 + store));
    json.writeNumberField("till", chance.between(1, 6));
    json.writeStringField("cashier_id", "K" + chance.between(10, 60));
    Wire.money(json, "total", items.stream().mapToInt(Item::cents).sum());
    json.writeStringField("currency", person.currency());
    json.writeStringField("payment_method", card ? "card" : "cash");
    Wire.optional(json, "card_token", card ? person.cardToken() : null);
    Wire.optional(json, "loyalty_id", loyal ? "L" + (1_000_000 + person.number()) : null);
    Wire.products(json, items);
  }

  private static byte[] structured(Map<String, String> attributes, Fields data) {
    return Wire.object(
        json -> {
          for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
          }
          json.writeStringField("datacontenttype", "application/json");
          json.writeStringField("dataschema", PURCHASE_SCHEMA);
          json.writeObjectFieldStart("data");
          data.write(json);
          json.writeEndObject();
        });
  }

  private static Map<String, String> structuredHeaders() {
    return Map.of("content-type", "application/cloudevents+json; charset=UTF-8");
  }

  private static Map<String, String> binaryHeaders(Map<String, String> attributes) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    attributes.forEach((name, value) -> headers.put("ce_" + name, value));
    return headers;
  }
}
