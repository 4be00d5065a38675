package dev.tributary.pipelines.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes what the shop knows of a person or a company. */
final class Traits {

  private Traits() {}

  /** The traits of an identify call: seldom all of them. */
  static void write(JsonGenerator json, Chance chance, ShopPerson person) throws IOException {
    json.writeStringField("email", chance.oneOf(person.emails()));
    json.writeBooleanField("email_verified", chance.happens(0.8));
    if (chance.happens(0.4)) {
      json.writeStringField("phone", person.phone());
    }
    json.writeStringField("first_name", person.givenName());
    json.writeStringField("last_name", person.familyName());
    if (chance.happens(0.3)) {
      writeAddress(json, person);
    }
    json.writeStringField("plan", person.number() % 10 == 0 ? "gold" : "none");
    json.writeBooleanField("marketing_consent", person.number() % 3 != 0);
  }

  static void writeAddress(JsonGenerator json, ShopPerson person) throws IOException {
    json.writeObjectFieldStart("address");
    json.writeStringField("street", "Example Street " + (1 + person.number() % 120));
    json.writeStringField("city", city(person.country()));
    json.writeStringField("postal_code", Integer.toString(10_000 + person.number() % 80_000));
    json.writeStringField("country", person.country());
    json.writeEndObject();
  }

  static void writeCompany(JsonGenerator json, ShopPerson person) throws IOException {
    json.writeStringField("name", person.company());
    json.writeStringField("industry", "hospitality");
    json.writeNumberField("employees", 5 + person.company().length());
    json.writeStringField("plan", "business");
  }

  private static String city(String country) {
    return switch (country) {
      case "DE" -> "Köln";
      case "FR" -> "Lyon";
      case "US" -> "Portland";
      default -> "Leeds";
    };
  }
}
