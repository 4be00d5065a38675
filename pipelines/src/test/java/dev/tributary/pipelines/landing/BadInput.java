package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.Wire.ACCEPTED;
import static dev.tributary.pipelines.landing.Wire.DUPLICATE;
import static dev.tributary.pipelines.landing.Wire.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Every rule of the README's table "Inputs and their rules" as a record and its fate. */
final class BadInput {
  static final String PLAN =
      """
      vendor: com.test
      events: [{event: Thing Done, schema: 'iglu:com.test/thing/jsonschema/1'}]
      """;
  static final String THING =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema",
       "self": {"vendor": "com.test", "name": "thing", "format": "jsonschema", "version": "1-0-0"},
       "type": "object",
       "properties": {
         "count": {"type": "integer"}, "ratio": {"type": "number"}, "note": {"type": "string"},
         "at": {"type": "string", "format": "date-time"}, "day": {"type": "string", "format": "date"}}}
      """;

  private static final long SEED = 11;

  private BadInput() {}

  static PlanDocuments documents() {
    TreeMap<String, String> schemas = new TreeMap<>();
    schemas.put("iglu:com.test/thing/jsonschema/1-0-0", THING);
    return new PlanDocuments("bad input", schemas, PLAN);
  }

  static List<Wire> all() {
    List<Wire> all = new ArrayList<>();
    bytes(all);
    json(all);
    numbers(all);
    text(all);
    times(all);
    envelope(all);
    batches(all);
    return all;
  }

  private static void bytes(List<Wire> all) {
    byte[] random = new byte[4096];
    new Random(SEED).nextBytes(random);
    all.add(new Wire("binary", random, "invalid_utf8"));
    all.add(new Wire("zero bytes", new byte[64], "malformed_json"));
    all.add(Wire.of("an empty record", "", "empty"));
    all.add(Wire.of("a tombstone", null, "empty"));
    all.add(Wire.of("white space", " \n\t", "invalid_envelope"));
    byte[] large = new byte[10 << 20];
    java.util.Arrays.fill(large, (byte) 'x');
    all.add(new Wire("10 MB", large, "too_large"));
    all.add(
        new Wire(
            "UTF-16",
            event("u16", "\"userId\": \"u\"").getBytes(StandardCharsets.UTF_16LE),
            "malformed_json"));
  }

  private static void json(List<Wire> all) {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    all.add(
        Wire.of(
            "10,000 levels in properties", properties("d1", "\"x\": " + deep), "nested_too_deep"));
    all.add(
        Wire.of(
            "10,000 levels in context",
            event("d2", "\"context\": {\"x\": " + deep + "}"),
            "nested_too_deep"));
    all.add(Wire.of("10,000 open brackets", "[".repeat(10_000), "nested_too_deep"));
    all.add(
        Wire.of(
            "80 levels", properties("d3", "\"x\": " + "[".repeat(80) + "]".repeat(80)), ACCEPTED));
    all.add(
        Wire.of(
            "a member twice",
            event("k1", "\"userId\": \"a\", \"userId\": \"b\""),
            "duplicate_key"));
    all.add(
        Wire.of(
            "a property twice",
            properties("k2", "\"note\": \"a\", \"note\": \"b\""),
            "duplicate_key"));
    all.add(
        Wire.of(
            "a context member twice",
            event("k3", "\"context\": {\"a\": 1, \"a\": 2}"),
            "duplicate_key"));
    all.add(
        Wire.of("a truncated event", "{\"type\": \"track\", \"event\": \"Thi", "malformed_json"));
    all.add(
        Wire.of("an event and more", event("m1", "\"userId\": \"a\"") + "{}", "malformed_json"));
    all.add(Wire.of("single quotes", "{'type': 'track'}", "malformed_json"));
    all.add(Wire.of("a scalar", "42", "invalid_envelope"));
  }

  private static void numbers(List<Wire> all) {
    String huge = "9".repeat(400);
    all.add(Wire.of("NaN", properties("n1", "\"ratio\": NaN"), "malformed_json"));
    all.add(Wire.of("Infinity", properties("n2", "\"ratio\": -Infinity"), "malformed_json"));
    all.add(
        Wire.of("a 400-digit integer", properties("n3", "\"count\": " + huge), "schema_violation"));
    all.add(
        Wire.of("a 400-digit number", properties("n4", "\"ratio\": " + huge), "schema_violation"));
    all.add(Wire.of("1e400", properties("n5", "\"ratio\": 1e400"), "schema_violation"));
    all.add(
        Wire.of(
            "a 400-digit integer that the schema does not name",
            properties("n6", "\"other\": " + huge),
            "schema_violation"));
    all.add(
        Wire.of(
            "a 2,000-digit integer",
            properties("n7", "\"count\": " + "9".repeat(2000)),
            "malformed_json"));
    all.add(
        Wire.of("2^63", properties("n8", "\"count\": 9223372036854775808"), "value_out_of_range"));
    all.add(
        Wire.of("text for an integer", properties("n9", "\"count\": \"5\""), "schema_violation"));
  }

  private static void text(List<Wire> all) {
    all.add(
        Wire.of(
            "an escaped lone surrogate",
            properties("s1", "\"note\": \"\\ud83d\""),
            "invalid_utf8"));
    all.add(
        Wire.of(
            "an escaped low surrogate first",
            properties("s2", "\"note\": \"\\ude00\\ud83d\""),
            "invalid_utf8"));
    all.add(Wire.of("an escaped pair", properties("s3", "\"note\": \"\\ud83d\\ude00\""), ACCEPTED));
    all.add(spliced("a CESU-8 surrogate", "s4", 0xED, 0xA0, 0xBD));
    all.add(spliced("a stray continuation byte", "s5", 0x80));
    all.add(spliced("an overlong slash", "s6", 0xC0, 0xAF));
    all.add(spliced("a code point beyond Unicode", "s7", 0xF4, 0x90, 0x80, 0x80));
    all.add(Wire.of("an escaped zero", properties("s8", "\"note\": \"a\\u0000b\""), ACCEPTED));
    all.add(Wire.of("a byte order mark", "\ufeff" + properties("s9", "\"note\": \"x\""), ACCEPTED));
  }

  private static void times(List<Wire> all) {
    all.add(
        Wire.of(
            "year 0",
            event("t1", "\"timestamp\": \"0000-01-01T00:00:00Z\""),
            "timestamp_out_of_range"));
    all.add(
        Wire.of(
            "year 9999",
            event("t2", "\"timestamp\": \"9999-12-31T23:59:59Z\""),
            "timestamp_out_of_range"));
    all.add(
        Wire.of(
            "year 10000",
            event("t3", "\"timestamp\": \"10000-01-01T00:00:00Z\""),
            "invalid_timestamp"));
    all.add(
        Wire.of(
            "properties of year 0",
            properties("t4", "\"at\": \"0000-01-01T00:00:00Z\", \"day\": \"0000-01-01\""),
            ACCEPTED));
    all.add(
        Wire.of(
            "properties of year 9999",
            properties("t5", "\"at\": \"9999-12-31T23:59:59Z\", \"day\": \"9999-12-31\""),
            ACCEPTED));
    all.add(
        Wire.of("no such day", properties("t6", "\"day\": \"2024-02-30\""), "schema_violation"));
    all.add(Wire.of("epoch milliseconds", event("t7", "\"timestamp\": 1704067200000"), ACCEPTED));
    all.add(
        Wire.of(
            "epoch milliseconds as text",
            event("t8", "\"timestamp\": \"1704067200000\""),
            ACCEPTED));
    all.add(
        Wire.of(
            "epoch seconds", event("t9", "\"timestamp\": 1704067200"), "timestamp_out_of_range"));
    all.add(
        Wire.of(
            "a time without offset",
            event("t10", "\"timestamp\": \"2024-01-01T00:00:00\""),
            "invalid_timestamp"));
    all.add(
        Wire.of("a time in words", event("t11", "\"sentAt\": \"yesterday\""), "invalid_timestamp"));
    all.add(
        Wire.of(
            "a time that is an object", event("t12", "\"timestamp\": {}"), "invalid_timestamp"));
    all.add(
        Wire.of(
            "a 400-digit time",
            event("t13", "\"timestamp\": " + "9".repeat(400)),
            "invalid_timestamp"));
  }

  private static void envelope(List<Wire> all) {
    all.add(
        Wire.of(
            "an unknown schema",
            event(
                "e1",
                "\"context\": {\"protocols\": {\"schema\": \"iglu:com.test/absent/jsonschema/1-0-0\"}}"),
            "unknown_schema"));
    all.add(
        Wire.of("a schema that is no key", event("e2", "\"schema\": \"thing\""), "unknown_schema"));
    all.add(
        Wire.of("an unknown event", event("e3", "\"event\": \"Nothing Done\""), "unknown_event"));
    all.add(
        Wire.of("a page that the plan lacks", event("e4", "\"type\": \"page\""), "unknown_event"));
    all.add(Wire.of("no message id", event(null, "\"userId\": \"u\""), ACCEPTED));
    all.add(Wire.of("the same bytes again", event(null, "\"userId\": \"u\""), DUPLICATE));
    all.add(Wire.of("an empty message id", event("", "\"userId\": \"v\""), ACCEPTED));
    all.add(Wire.of("a number as message id", event(null, "\"messageId\": 12"), ACCEPTED));
    all.add(
        Wire.of(
            "a message id twice",
            event(null, "\"messageId\": \"12\", \"userId\": \"w\""),
            DUPLICATE));
    all.add(
        Wire.of("an object as message id", event(null, "\"messageId\": {}"), "invalid_envelope"));
    all.add(
        Wire.of(
            "a message id of 2,000 characters",
            event("i".repeat(2000), "\"userId\": \"u\""),
            "invalid_envelope"));
    all.add(
        Wire.of(
            "a user that is a truth value", event("e5", "\"userId\": true"), "invalid_envelope"));
    all.add(Wire.of("an unknown type", event("e6", "\"type\": \"tracks\""), "invalid_envelope"));
    all.add(
        Wire.of(
            "a track call without a name",
            "{\"type\": \"track\", \"messageId\": \"e7\"}",
            "invalid_envelope"));
    all.add(Wire.of("nothing that tells the type", "{\"messageId\": \"e8\"}", "invalid_envelope"));
    all.add(
        Wire.of(
            "no type but a name", "{\"messageId\": \"e9\", \"event\": \"Thing Done\"}", ACCEPTED));
    all.add(
        Wire.of(
            "properties that are a list", event("e10", "\"properties\": []"), "invalid_envelope"));
    all.add(Wire.of("properties that are null", event("e11", "\"properties\": null"), ACCEPTED));
    all.add(
        Wire.of(
            "a context that is a text", event("e12", "\"context\": \"x\""), "invalid_envelope"));
    all.add(
        Wire.of(
            "members of CloudEvents in a Segment call",
            event("e13", "\"id\": {}, \"time\": \"noon\", \"data\": [1]"),
            ACCEPTED));
  }

  private static void batches(List<Wire> all) {
    all.add(Wire.of("an empty batch", "{\"batch\": []}", "invalid_envelope"));
    all.add(Wire.of("an empty list", "[]", "invalid_envelope"));
    all.add(Wire.of("a batch in a batch", "{\"batch\": [{\"batch\": [{}]}]}", "invalid_envelope"));
    all.add(Wire.of("a batch of a number", "{\"batch\": [ 7 ]}", "invalid_envelope"));
    all.add(Wire.of("a list of one event", "[" + event("b1", "\"userId\": \"u\"") + "]", ACCEPTED));
  }

  private static String properties(String id, String members) {
    return event(id, "\"properties\": {" + members + "}");
  }

  /** An event whose note is these bytes. */
  private static Wire spliced(String name, String id, int... bytes) {
    byte[] event = properties(id, "\"note\": \"~\"").getBytes(StandardCharsets.UTF_8);
    int at = new String(event, StandardCharsets.UTF_8).indexOf('~');
    byte[] all = new byte[event.length - 1 + bytes.length];
    System.arraycopy(event, 0, all, 0, at);
    for (int i = 0; i < bytes.length; i++) {
      all[at + i] = (byte) bytes[i];
    }
    System.arraycopy(event, at + 1, all, at + bytes.length, event.length - at - 1);
    return new Wire(name, all, "invalid_utf8");
  }
}
