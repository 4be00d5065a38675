package dev.tributary.schemas.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Validations per second on one thread, of a parsed order event with 15 properties (uuid,
 * date-time, email, pattern, enum, ranges, an array of objects), beside the floor of visiting every
 * value of it. Prints one JSON object.
 */
final class ValidationBenchmark {
  static final String SCHEMA =
      """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{
       "order_id":{"type":"string","format":"uuid"},
       "placed_at":{"type":"string","format":"date-time"},
       "email":{"type":["string","null"],"format":"email","maxLength":320},
       "customer_id":{"type":"string","pattern":"^c-[0-9]{1,12}$"},
       "currency":{"enum":["EUR","USD","GBP"]},
       "total":{"type":"number","minimum":0},
       "shipping":{"type":"number","minimum":0,"maximum":1000},
       "items_count":{"type":"integer","minimum":1,"maximum":32767},
       "coupon":{"type":["string","null"],"maxLength":64},
       "gift":{"type":"boolean"},
       "channel":{"enum":["web","app","store"]},
       "country":{"type":"string","minLength":2,"maxLength":2},
       "city":{"type":"string","maxLength":255},
       "note":{"type":["string","null"],"maxLength":4096},
       "lines":{"type":"array","maxItems":100,"items":{"type":"object","properties":{
         "sku":{"type":"string","maxLength":64},"quantity":{"type":"integer"},"price":{"type":"number"}},
         "required":["sku","quantity"],"additionalProperties":false}}},
       "required":["order_id","placed_at","customer_id","currency","total"],"additionalProperties":false}
      """;

  static final String EVENT =
      """
      {"order_id":"6ba7b810-9dad-41d1-80b4-00c04fd430c8","placed_at":"2026-03-01T10:15:30.123Z",
       "email":"ann@example.com","customer_id":"c-1234567","currency":"EUR","total":129.9,"shipping":4.9,
       "items_count":3,"coupon":null,"gift":false,"channel":"web","country":"DE","city":"Berlin","note":null,
       "lines":[{"sku":"A-1","quantity":1,"price":99.9},{"sku":"B-2","quantity":2,"price":15}]}
      """;

  private ValidationBenchmark() {}

  public static void main(String[] args) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode event = mapper.readTree(EVENT);
    ObjectNode broken = event.deepCopy();
    broken.put("total", "129.90");
    JsonValidator validator = JsonValidator.compile(mapper.readTree(SCHEMA));
    Optional<Violation> none = validator.validate(event);
    if (none.isPresent()) {
      throw new IllegalStateException("the event must be valid: " + none);
    }
    double valid = rate(event, node -> validator.validate(node).isEmpty());
    double invalid = rate(broken, node -> validator.validate(node).isPresent());
    double floor = rate(event, node -> values(node) > 0);
    System.out.printf(
        Locale.ROOT,
        "{\"valid_per_second\":%.0f,\"invalid_per_second\":%.0f,\"floor_per_second\":%.0f,\"java\":\"%s\",\"cores\":%d}%n",
        valid,
        invalid,
        floor,
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
  }

  private static int values(JsonNode node) {
    int sum = 1;
    for (JsonNode child : node) {
      sum += values(child);
    }
    return sum;
  }

  /** The best of five rounds of one second each. */
  private static double rate(JsonNode node, Predicate<JsonNode> check) {
    double best = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      long done = 0;
      while (System.nanoTime() - start < 1_000_000_000L) {
        for (int i = 0; i < 1_000; i++) {
          if (!check.test(node)) {
            throw new IllegalStateException("unexpected outcome");
          }
        }
        done += 1_000;
      }
      best = Math.max(best, done * 1e9 / (System.nanoTime() - start));
    }
    return best;
  }
}
