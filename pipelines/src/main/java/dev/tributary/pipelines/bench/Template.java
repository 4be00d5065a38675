package dev.tributary.pipelines.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A rendered event with holes of fixed width, so that making one is a copy and a few writes.
 * Everything that identifies or measures is a hole; what has few values in real life (paths, names,
 * user agents) is fixed in the template, of which there are many.
 */
final class Template {

  /** What is written into a hole. */
  enum Hole {
    MESSAGE_ID(Ascii.UUID_LENGTH),
    ANONYMOUS_ID(Ascii.UUID_LENGTH),
    USER_ID(8),
    TIMESTAMP(Ascii.TIME_LENGTH),
    SENT_AT(Ascii.TIME_LENGTH),
    ID(16),
    COUNT(1),
    MONEY(6),
    SCORE(8);

    final int width;

    Hole(int width) {
      this.width = width;
    }
  }

  /** What is wrong with the events of a template. */
  enum Fault {
    NONE,
    /** The JSON text ends half-way. */
    TRUNCATED,
    /** The first required property is not there. */
    MISSING_REQUIRED,
    /** The first required property is an array. */
    WRONG_TYPE,
    /** The tracking plan has no such event. */
    UNKNOWN_EVENT
  }

  private record Place(int offset, Hole hole) {}

  private static final List<String> WORDS =
      List.of("amber", "basket", "candle", "drawer", "enamel", "feather", "glass", "heart");
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6",
          "Mozilla/5.0 (Linux; Android 10; K) Chrome/141.0.0.0 Mobile Safari/537.36",
          "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");

  private final StringBuilder text = new StringBuilder(640);
  private final List<Place> building = new ArrayList<>();
  private final byte[] bytes;
  private final Place[] places;
  private final long created;

  Template(BenchEvent event, Fault fault, SplittableRandom random) {
    this.created = random.nextLong(1_700_000_000_000L, 1_790_000_000_000L);
    String name = fault == Fault.UNKNOWN_EVENT ? "Unknown " + event.name() : event.name();
    text.append("{\"type\":\"track\",\"event\":\"").append(name).append('"');
    hole(",\"messageId\":\"", Hole.MESSAGE_ID, "\"");
    hole(",\"anonymousId\":\"", Hole.ANONYMOUS_ID, "\"");
    if (random.nextInt(2) == 0) {
      hole(",\"userId\":\"", Hole.USER_ID, "\"");
    }
    writeContext(random);
    text.append(",\"properties\":{");
    writeProperties(event, fault, random);
    text.append('}');
    hole(",\"timestamp\":\"", Hole.TIMESTAMP, "\"");
    hole(",\"sentAt\":\"", Hole.SENT_AT, "\"}");
    byte[] whole = text.toString().getBytes(StandardCharsets.US_ASCII);
    int length = fault == Fault.TRUNCATED ? whole.length / 2 : whole.length;
    this.bytes = Arrays.copyOf(whole, length);
    this.places =
        building.stream()
            .filter(place -> place.offset() + place.hole().width <= length)
            .toArray(Place[]::new);
  }

  /** A new event. */
  byte[] fill(LoadSource source) {
    byte[] event = bytes.clone();
    for (Place place : places) {
      source.write(place.hole(), event, place.offset());
    }
    return event;
  }

  int length() {
    return bytes.length;
  }

  private void writeContext(SplittableRandom random) {
    String path = "/" + words(random, 2).replace(' ', '/');
    text.append(",\"context\":{\"library\":{\"name\":\"analytics.js\"}")
        .append(",\"page\":{\"path\":\"")
        .append(path)
        .append("\"},\"userAgent\":\"")
        .append(AGENTS.get(random.nextInt(AGENTS.size())))
        .append("\",\"ip\":\"198.51.100.")
        .append(random.nextInt(1, 255))
        .append("\",\"locale\":\"en-GB\"}");
  }

  private void writeProperties(BenchEvent event, Fault fault, SplittableRandom random) {
    String separator = "";
    boolean first = true;
    for (BenchProperty property : event.properties()) {
      boolean faulty = first && property.required();
      if (faulty && fault == Fault.MISSING_REQUIRED) {
        first = false;
        continue;
      }
      text.append(separator).append('"').append(property.name()).append("\":");
      if (faulty && fault == Fault.WRONG_TYPE) {
        text.append("[]");
      } else {
        writeValue(property, random);
      }
      first = first && !property.required();
      separator = ",";
    }
  }

  private void writeValue(BenchProperty property, SplittableRandom random) {
    switch (property.kind()) {
      case ID -> hole("\"", Hole.ID, "\"");
      case CHOICE -> text.append('"').append(pick(BenchProperty.CHOICES, random)).append('"');
      case TEXT -> text.append('"').append(words(random, 3)).append('"');
      case COUNT -> hole("", Hole.COUNT, "");
      case MONEY -> hole("", Hole.MONEY, "");
      case SCORE -> hole("", Hole.SCORE, "");
      case FLAG -> text.append(random.nextBoolean());
      case TIME -> text.append('"').append(Instant.ofEpochMilli(created)).append('"');
      case ITEMS -> {
        text.append('[');
        writeItem(random);
        text.append(',');
        writeItem(random);
        text.append(']');
      }
    }
  }

  private void writeItem(SplittableRandom random) {
    text.append("{\"product_id\":\"P").append(random.nextInt(10_000, 99_999));
    hole("\",\"price\":", Hole.MONEY, "");
    hole(",\"quantity\":", Hole.COUNT, "}");
  }

  private void hole(String before, Hole hole, String after) {
    text.append(before);
    building.add(new Place(text.length(), hole));
    text.append("?".repeat(hole.width)).append(after);
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder words = new StringBuilder(pick(WORDS, random));
    for (int i = 1; i < count; i++) {
      words.append(' ').append(pick(WORDS, random));
    }
    return words.toString();
  }

  private static String pick(List<String> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }
}
