package dev.tributary.predictor.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads prices: CSV with a header, or a YAML list. Every wrong value is named with its place. */
final class PriceFile {
  private static final String TYPE = "type";
  private static final String CORES = "vcpu";
  private static final String MEMORY = "memory_gb";
  private static final String ON_DEMAND = "on_demand";
  private static final String SPOT = "spot";
  private static final String RATE = "interruption_rate";
  private static final Set<String> KNOWN =
      Set.of("cloud", TYPE, CORES, MEMORY, ON_DEMAND, SPOT, RATE, "region");

  private final String name;
  private final Prices fallback;

  private PriceFile(String name, Prices fallback) {
    this.name = name;
    this.fallback = fallback;
  }

  static List<Offer> shipped(String resource) {
    try (InputStream in = PriceFile.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PriceFile("the shipped snapshot of January 2025", Prices.of(List.of()))
          .offers(csv(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Offer> read(Path file, Prices fallback) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The prices file %s cannot be read".formatted(file),
          e.toString(),
          "give a readable file after --prices",
          e);
    }
    PriceFile reader = new PriceFile(file.toString(), fallback);
    String lower = file.toString().toLowerCase(java.util.Locale.ROOT);
    List<Entry> entries =
        lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json")
            ? reader.yaml(text)
            : csv(text);
    if (entries.isEmpty()) {
      throw PredictorException.usage(
          "The prices file %s holds no price".formatted(file),
          null,
          "write the columns %s,%s,%s,%s and a row for each machine type"
              .formatted(TYPE, CORES, MEMORY, ON_DEMAND));
    }
    return reader.offers(entries);
  }

  /** One row as text, and where it is. */
  private record Entry(String place, Map<String, String> values) {}

  private static List<Entry> csv(String text) {
    List<Entry> entries = new ArrayList<>();
    String[] header = null;
    String[] lines = text.split("\\R", -1);
    for (int line = 0; line < lines.length; line++) {
      if (lines[line].isBlank() || lines[line].startsWith("#")) {
        continue;
      }
      String[] cells = lines[line].split(",", -1);
      if (header == null) {
        header = cells;
        continue;
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        values.put(i < header.length ? header[i].strip() : "column " + (i + 1), cells[i].strip());
      }
      entries.add(new Entry("line " + (line + 1), values));
    }
    return entries;
  }

  private List<Entry> yaml(String text) {
    List<Entry> entries = new ArrayList<>();
    JsonNode root;
    try {
      root = new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong("line 1", "is not YAML: " + e.getOriginalMessage());
    }
    if (root.isObject() && root.has("prices")) {
      root = root.get("prices");
    }
    if (!root.isArray()) {
      throw wrong("its top", "is not a list of machine types");
    }
    for (JsonNode node : root) {
      Map<String, String> values = new LinkedHashMap<>();
      node.fields()
          .forEachRemaining(field -> values.put(field.getKey(), field.getValue().asText("")));
      entries.add(new Entry("entry " + (entries.size() + 1), values));
    }
    return entries;
  }

  private List<Offer> offers(List<Entry> entries) {
    List<Offer> offers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : entries) {
      Offer offer = offer(entry);
      if (!seen.add(offer.type())) {
        throw wrong(entry.place(), "names %s a second time".formatted(offer.type()));
      }
      offers.add(offer);
    }
    return offers;
  }

  private Offer offer(Entry entry) {
    for (String field : entry.values().keySet()) {
      if (!KNOWN.contains(field)) {
        throw wrong(entry.place(), "has the unknown field '%s'".formatted(field));
      }
    }
    String type = entry.values().getOrDefault(TYPE, "");
    if (type.isBlank()) {
      throw wrong(entry.place(), "has no " + TYPE);
    }
    Optional<Offer> shipped = fallback.find(type);
    double cores =
        number(entry, CORES)
            .or(() -> shipped.map(offer -> (double) offer.cores()))
            .orElseThrow(() -> missing(entry, type, CORES));
    if (cores != Math.rint(cores) || cores < 1) {
      throw wrong(entry.place(), "has %s %s for %s".formatted(CORES, cores, type));
    }
    double memory =
        number(entry, MEMORY)
            .or(() -> shipped.map(Offer::memoryGib))
            .orElseThrow(() -> missing(entry, type, MEMORY));
    double onDemand = number(entry, ON_DEMAND).orElseThrow(() -> missing(entry, type, ON_DEMAND));
    Cloud cloud =
        entry.values().containsKey("cloud")
            ? cloud(entry)
            : shipped.map(Offer::cloud).orElse(Cloud.OTHER);
    return new Offer(type, cloud, (int) cores, memory, onDemand, spot(entry, type), name);
  }

  private Optional<Offer.Spot> spot(Entry entry, String type) {
    Optional<Double> spot = number(entry, SPOT);
    String written = entry.values().getOrDefault(RATE, "");
    if (spot.isEmpty()) {
      return Optional.empty();
    }
    if (written.isBlank()) {
      throw wrong(
          entry.place(),
          "gives %s a spot price without %s, the share of machines taken away within an hour"
              .formatted(type, RATE));
    }
    double rate = parse(entry, RATE, written);
    if (!(rate >= 0 && rate < 1)) {
      throw wrong(
          entry.place(), "has %s %s for %s; it is in [0, 1)".formatted(RATE, written, type));
    }
    return Optional.of(new Offer.Spot(spot.get(), rate));
  }

  private Cloud cloud(Entry entry) {
    String written = entry.values().get("cloud");
    for (Cloud cloud : Cloud.values()) {
      if (cloud.name().equalsIgnoreCase(written)) {
        return cloud;
      }
    }
    throw wrong(entry.place(), "has the unknown cloud '%s'".formatted(written));
  }

  /** A number above 0; empty where nothing is written. */
  private Optional<Double> number(Entry entry, String field) {
    String written = entry.values().getOrDefault(field, "");
    if (written.isBlank()) {
      return Optional.empty();
    }
    double value = parse(entry, field, written);
    if (!(value > 0)) {
      throw wrong(
          entry.place(),
          "has %s %s for %s; it must be above 0"
              .formatted(field, written, entry.values().get(TYPE)));
    }
    return Optional.of(value);
  }

  private double parse(Entry entry, String field, String written) {
    try {
      double value = Double.parseDouble(written);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls to the one message for everything that is not a number.
    }
    throw wrong(entry.place(), "has %s '%s', not a number".formatted(field, written));
  }

  private PredictorException missing(Entry entry, String type, String field) {
    return wrong(entry.place(), "has no %s for %s".formatted(field, type));
  }

  private PredictorException wrong(String place, String what) {
    return PredictorException.usage(
        "In the prices %s, %s %s".formatted(name, place, what),
        null,
        "correct it; the fields are type, vcpu, memory_gb, on_demand (USD an hour), spot,"
            + " interruption_rate");
  }
}
