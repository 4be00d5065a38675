package dev.tributary.pipelines.identity.matching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A model that was learned once and scores records that come later: the probabilities of {@link
 * MatchModel}, the frequencies of values, and which blocking keys too many records share. What it
 * says of two records follows from these two alone, however many there are besides.
 *
 * <p>Its JSON holds hashes of frequent values, no values.
 */
public final class FittedModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Records in a block at most. */
  public static final int BLOCK_BOUND = Blocking.BOUND;

  /** A key with more than half a full block of records is likely to outgrow it. */
  private static final int CROWDED = Blocking.BOUND / 2;

  /** A key that more than this share of the records have says nothing. */
  private static final double COMMON = 0.2;

  private static final int MOST_CROWDED = 50_000;

  /** Counts up with every change of how values are written or compared. */
  private static final int COMPARISONS = 2;

  private final Map<String, AttributeKind> kinds;
  private final MatchModel model;
  private final Map<String, FrequencyTable> frequencies;
  private final Set<Long> crowded;
  private final Set<Long> common;

  private FittedModel(
      Map<String, AttributeKind> kinds,
      MatchModel model,
      Map<String, FrequencyTable> frequencies,
      Set<Long> crowded,
      Set<Long> common) {
    this.kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    this.model = model;
    this.frequencies = Collections.unmodifiableMap(new TreeMap<>(frequencies));
    this.crowded = crowded;
    this.common = common;
  }

  /**
   * Learns from records, without labels.
   *
   * @param config kinds of columns, for those that are not to be inferred
   * @throws MatchingException when there are fewer than two records or no column to compare
   */
  public static FittedModel fit(RecordSet records, LinkConfig config, Consumer<String> progress) {
    if (records.size() < 2) {
      throw MatchingErrors.tooFew(records.size());
    }
    Map<String, FrequencyTable> frequencies = new TreeMap<>();
    Attributes.Made made = Attributes.of(records, config, frequencies);
    Copies copies = Copies.of(made.attributes(), records.size());
    CandidatePairs candidates = Blocking.of(made.attributes(), records.size(), copies);
    long pairs = new PairScan(candidates).count();
    progress.accept("learning from " + pairs + " candidate pairs");
    MatchModel model = Estimator.estimate(made.attributes(), copies, candidates, pairs);
    Set<Long> crowded = new HashSet<>();
    Set<Long> common = new HashSet<>();
    keys(made.attributes(), records.size(), crowded, common);
    frequencies.values().removeIf(table -> !table.known());
    return new FittedModel(made.kinds(), model, frequencies, crowded, common);
  }

  private static void keys(
      List<Attribute> attributes, int records, Set<Long> crowded, Set<Long> common) {
    KeyTable keys = KeyTable.of(attributes, records);
    Map<Long, Integer> counts = new HashMap<>();
    for (int k = 0; k < keys.start(records); k++) {
      counts.merge(keys.hash(k), 1, Integer::sum);
    }
    int most = Math.max(Blocking.BOUND, (int) (COMMON * records));
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() > CROWDED)
        .sorted(
            Map.Entry.<Long, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_CROWDED)
        .forEach(entry -> (entry.getValue() > most ? common : crowded).add(entry.getKey()));
  }

  /** The probabilities. */
  public MatchModel model() {
    return model;
  }

  /** The kind of each column that is compared, in their order. */
  public Map<String, AttributeKind> kinds() {
    return kinds;
  }

  /** Compares records under this model; not for several threads at once. */
  public Comparer comparer(RecordSet records) {
    return new Comparer(records);
  }

  /** Compares records under the model. */
  public final class Comparer {
    private final List<Attribute> attributes;
    private final Scorer scorer;
    private final KeyTable keys;

    private Comparer(RecordSet records) {
      boolean generation =
          model.attributes().stream().anyMatch(a -> a.attribute().equals(Attributes.GENERATION));
      this.attributes = Attributes.fitted(records, kinds, new HashMap<>(frequencies), generation);
      this.scorer = new Scorer(attributes, model);
      this.keys = KeyTable.of(attributes, records.size());
    }

    /** The probability that two records, by their places in the set, are of one entity. */
    public double probability(int left, int right) {
      return MatchModel.probability(scorer.weight(left, right));
    }

    /** What each attribute says of two records. */
    public List<ComparisonOutcome> explain(int left, int right) {
      return scorer.explain(left, right);
    }

    /**
     * The blocking keys of a record, sorted: two records are candidates where they share one that
     * not more than {@link #BLOCK_BOUND} records have. Keys that many records had when the model
     * was learned come two at a time.
     */
    public long[] keys(int record) {
      Set<Long> found = new TreeSet<>();
      int from = keys.start(record);
      int until = keys.start(record + 1);
      for (int one = from; one < until; one++) {
        if (!crowded.contains(keys.hash(one))) {
          if (!common.contains(keys.hash(one))) {
            found.add(keys.hash(one));
          }
          continue;
        }
        for (int two = one + 1; two < until; two++) {
          if (crowded.contains(keys.hash(two)) && allowed(keys.type(one), keys.type(two))) {
            found.add(Text.mix(keys.hash(one)) + Text.mix(keys.hash(two)));
          }
        }
      }
      return found.stream().mapToLong(Long::longValue).toArray();
    }

    private boolean allowed(int one, int two) {
      return keys.attribute(one) != keys.attribute(two)
          || attributes.get(keys.attribute(one)).combines(keys.name(one), keys.name(two));
    }
  }

  /** Writes it as JSON; equal models give equal text. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode columns = json.putObject("columns");
    kinds.forEach((column, kind) -> columns.put(column, kind.name()));
    json.put("match_probability", model.matchProbability());
    json.put("relative_probability", model.relativeProbability());
    json.put("comparisons", COMPARISONS);
    json.set("moving", JSON.valueToTree(model.moving()));
    json.set("attributes", JSON.valueToTree(model.attributes()));
    ObjectNode tables = json.putObject("frequencies");
    frequencies.forEach(
        (name, table) -> {
          ObjectNode one = tables.putObject(name);
          one.put("records", table.records());
          one.set("counts", JSON.valueToTree(table.counts()));
        });
    json.set("crowded_keys", JSON.valueToTree(hex(crowded)));
    json.set("common_keys", JSON.valueToTree(hex(common)));
    return json.toString();
  }

  private static List<String> hex(Set<Long> keys) {
    return keys.stream().map(Long::toHexString).sorted().toList();
  }

  private static Set<Long> keys(JsonNode node) {
    Set<Long> keys = new HashSet<>();
    node.forEach(one -> keys.add(Long.parseUnsignedLong(one.asText(), 16)));
    return keys;
  }

  /**
   * Whether a model compares as this version does; only then its probabilities hold.
   *
   * @param text as {@link #json} wrote it
   */
  public static boolean current(String text) {
    try {
      return JSON.readTree(text).path("comparisons").asInt() == COMPARISONS;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException when it is something else, or not {@link #current}
   */
  public static FittedModel read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json.path("comparisons").asInt() != COMPARISONS) {
        throw new IllegalArgumentException("a model of other comparisons, to be learned anew");
      }
      Map<String, AttributeKind> kinds = new LinkedHashMap<>();
      json.path("columns")
          .properties()
          .forEach(one -> kinds.put(one.getKey(), AttributeKind.valueOf(one.getValue().asText())));
      List<MatchModel.Parameters> attributes = new ArrayList<>();
      for (JsonNode one : json.path("attributes")) {
        attributes.add(JSON.treeToValue(one, MatchModel.Parameters.class));
      }
      Map<String, FrequencyTable> frequencies = new TreeMap<>();
      for (Map.Entry<String, JsonNode> one : json.path("frequencies").properties()) {
        Map<String, Integer> counts = new HashMap<>();
        one.getValue()
            .path("counts")
            .properties()
            .forEach(count -> counts.put(count.getKey(), count.getValue().asInt()));
        frequencies.put(
            one.getKey(), new FrequencyTable(one.getValue().path("records").asInt(), counts));
      }
      return new FittedModel(
          kinds,
          new MatchModel(
              attributes,
              json.path("match_probability").asDouble(),
              json.path("relative_probability").asDouble(),
              JSON.treeToValue(json.path("moving"), Moving.class)),
          frequencies,
          keys(json.path("crowded_keys")),
          keys(json.path("common_keys")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no fitted model: " + e.getOriginalMessage(), e);
    }
  }
}
