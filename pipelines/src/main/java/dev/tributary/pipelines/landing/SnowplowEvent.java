package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One event of a Snowplow tracker as an {@link Envelope}. A self-describing event ({@code e=ue}) is
 * a track call named like its schema and held to that schema; a page view ({@code pv}) is a page
 * call; pings, structured events and transactions are track calls with the names that Snowplow's
 * canonical events have. Entities ({@code co}, {@code cx}) become the context; parameters that have
 * no column stay in the envelope's rest.
 *
 * <p>Source: Snowplow tracker protocol, "Event parameters" (docs.snowplow.io), and the schema
 * {@code com.snowplowanalytics.snowplow/payload_data}.
 */
final class SnowplowEvent {
  private static final String PAYLOAD = "iglu:com.snowplowanalytics.snowplow/payload_data/";

  /** Event type → the name of the event; null where the event tells it or a page has none. */
  private static final Map<String, String> NAMES =
      Map.of("pp", "page_ping", "se", "event", "tr", "transaction", "ti", "transaction_item");

  private static final Set<String> TYPES = Set.of("pv", "pp", "ue", "se", "tr", "ti");

  /** Parameters that belong to the events without a schema, and the properties they become. */
  private static final Map<String, String> PROPERTIES = properties();

  /** Properties that the protocol sends as text, and that are numbers. */
  private static final Set<String> NUMBERS =
      Set.of(
          "pp_mix", "pp_max", "pp_miy", "pp_may", "se_va", "tr_tt", "tr_tx", "tr_sh", "ti_pr",
          "ti_qu");

  private static final int MAX_NUMBER_CHARS = 40;

  private final InnerJson inner;
  private ObjectNode event;

  SnowplowEvent(InnerJson inner) {
    this.inner = inner;
  }

  /** Whether a request with this schema holds Snowplow events as its {@code data}. */
  static boolean isPayload(String schemaUri) {
    return schemaUri != null && schemaUri.startsWith(PAYLOAD);
  }

  /** Whether an object is such an event: the protocol asks for its type, platform and tracker. */
  static boolean is(ObjectNode object) {
    return TYPES.contains(object.path("e").asText()) && object.has("p") && object.has("tv");
  }

  /**
   * Fills the envelope; takes from {@code object} what it uses.
   *
   * @throws RejectedEvent when a parameter cannot be read
   */
  void fill(ObjectNode object, Envelope e) throws RejectedEvent {
    event = object;
    String kind = take("e");
    e.messageId = id("eid");
    e.originalTimestamp = Tokens.time(take("dtm"), "dtm");
    e.sentAt = Tokens.time(take("stm"), "stm");
    e.userId = id("uid");
    e.anonymousId = event.has("duid") ? id("duid") : id("nuid");
    e.source = id("aid");
    e.ip = take("ip");
    e.sessionId = take("sid");
    e.type = kind.equals("pv") ? "page" : "track";
    e.event = NAMES.get(kind);
    if (kind.equals("ue")) {
      selfDescribing(e);
    } else {
      e.data = named();
      e.pagePath = path(e.data.path("url").textValue());
    }
    context(e);
    e.rest(event);
  }

  private void selfDescribing(Envelope e) throws RejectedEvent {
    JsonNode outer = json("ue_pr", "ue_px");
    JsonNode inner = outer == null ? null : outer.path("data");
    if (inner == null || !inner.path("schema").isTextual() || !inner.path("data").isObject()) {
      throw invalid("ue_pr", "holds no self-describing event with schema and data");
    }
    e.schemaUri = inner.get("schema").textValue();
    String[] parts = e.schemaUri.split("/");
    e.event = parts.length > 1 ? parts[1] : e.schemaUri;
    e.data = (ObjectNode) inner.get("data");
  }

  private ObjectNode named() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    PROPERTIES.forEach(
        (parameter, property) -> {
          JsonNode value = event.remove(parameter);
          if (value != null && !value.isNull()) {
            data.set(property, NUMBERS.contains(parameter) ? number(value) : value);
          }
        });
    return data;
  }

  private void context(Envelope e) throws RejectedEvent {
    JsonNode entities = json("co", "cx");
    if (entities != null) {
      e.context(entities.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The JSON of a parameter, or of its base64 form. */
  private JsonNode json(String plain, String encoded) throws RejectedEvent {
    String text = take(plain);
    String base64 = take(encoded);
    if (text == null && base64 == null) {
      return null;
    }
    if (text != null) {
      return inner.read(text.getBytes(StandardCharsets.UTF_8), plain);
    }
    try {
      return inner.read(Base64.getUrlDecoder().decode(base64), encoded);
    } catch (IllegalArgumentException notBase64) {
      throw invalid(encoded, "is not base64: " + notBase64.getMessage());
    }
  }

  private String id(String parameter) throws RejectedEvent {
    String text = take(parameter);
    return text == null ? null : Tokens.bounded(text, parameter);
  }

  /** A parameter's text; protocol values are texts. What is no scalar stays where it is. */
  private String take(String parameter) {
    JsonNode value = event.get(parameter);
    if (value == null || value.isContainerNode()) {
      return null;
    }
    event.remove(parameter);
    return value.isNull() || value.asText().isEmpty() ? null : value.asText();
  }

  private static RejectedEvent invalid(String parameter, String problem) {
    return new RejectedEvent(
        RejectReason.INVALID_ENVELOPE, "/" + parameter, parameter + " " + problem);
  }

  private static String path(String url) {
    int host = url == null ? -1 : url.indexOf("://");
    int path = host < 0 ? -1 : url.indexOf('/', host + 3);
    return path < 0 ? null : url.substring(path).split("[?#]", 2)[0];
  }

  /** The number that a text is; what is none stays as it is, for the schema to judge. */
  private static JsonNode number(JsonNode value) {
    String text = value.asText();
    if (!value.isTextual() || text.length() > MAX_NUMBER_CHARS) {
      return value;
    }
    try {
      return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
    } catch (NumberFormatException notANumber) {
      return value;
    }
  }

  private static Map<String, String> properties() {
    String[] pairs = {
      "url",
      "url",
      "page",
      "title",
      "refr",
      "referrer",
      "pp_mix",
      "min_x",
      "pp_max",
      "max_x",
      "pp_miy",
      "min_y",
      "pp_may",
      "max_y",
      "se_ca",
      "category",
      "se_ac",
      "action",
      "se_la",
      "label",
      "se_pr",
      "property",
      "se_va",
      "value",
      "tr_id",
      "order_id",
      "tr_af",
      "affiliation",
      "tr_tt",
      "total",
      "tr_tx",
      "tax",
      "tr_sh",
      "shipping",
      "tr_ci",
      "city",
      "tr_st",
      "state",
      "tr_co",
      "country",
      "tr_cu",
      "currency",
      "ti_id",
      "order_id",
      "ti_sk",
      "sku",
      "ti_nm",
      "name",
      "ti_ca",
      "category",
      "ti_pr",
      "price",
      "ti_qu",
      "quantity",
      "ti_cu",
      "currency",
    };
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return properties;
  }
}
