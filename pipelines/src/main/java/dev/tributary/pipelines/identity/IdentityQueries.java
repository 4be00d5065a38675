package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.ComponentPicture;
import dev.tributary.pipelines.identity.graph.DropReason;
import dev.tributary.pipelines.identity.graph.DroppedEdge;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.Excluded;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.PathExplanation;
import dev.tributary.pipelines.identity.graph.PathExplanation.Step;
import dev.tributary.pipelines.identity.graph.PictureOptions;
import dev.tributary.pipelines.identity.graph.Profile;
import dev.tributary.pipelines.identity.graph.Resolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * What a person asks of the resolved identities: why two are one or not, and what a profile is. An
 * identifier is written {@code type:value}; a profile id, also one that is no more, stands for its
 * oldest identifier.
 */
public final class IdentityQueries {
  /**
   * Whether a picture to a file of that name is a page; otherwise it is an SVG.
   *
   * @throws dev.tributary.pipelines.job.JobException when it is neither
   */
  public static boolean page(String file) {
    if (!file.endsWith(".html") && !file.endsWith(".svg")) {
      throw IdentityErrors.badPicture(file);
    }
    return file.endsWith(".html");
  }

  private final IdentityTables tables;
  private final IdentityRules rules;
  private final Lookup lookup;

  /**
   * Opens the identities of a lake.
   *
   * @param rulesFile the rules that the job was given; the built-in ones when absent
   * @throws dev.tributary.pipelines.job.JobException exit code 2 when nothing is resolved
   */
  public IdentityQueries(SparkSession spark, String lake, Optional<Path> rulesFile) {
    this.tables = new IdentityTables(spark, lake);
    this.rules = ModelEvidence.standing(tables, IdentityRulesReader.read(rulesFile));
    this.lookup = new Lookup(tables, rules);
  }

  /**
   * Why two identifiers are one, or not.
   *
   * @param words for a person
   * @param json for a machine
   */
  public record Explanation(
      String words, Map<String, Object> json, Resolution resolution, PathExplanation path) {
    /** A picture of the component with the path in focus: SVG, or a page for a name in .html. */
    public String picture(boolean page, boolean showValues) {
      PictureOptions options = PictureOptions.DEFAULT;
      if (showValues) {
        options = options.withValues();
      }
      List<Step> steps = steps(path);
      if (!steps.isEmpty()) {
        options = options.along(steps);
      }
      ComponentPicture picture = ComponentPicture.of(resolution, options);
      return page ? picture.html() : picture.svg();
    }
  }

  /**
   * Explains: of two identifiers whether they are one person, of one and what persons share, e.g.
   * an address, whether the person is of a household there.
   */
  public Explanation explain(String one, String other) {
    Identifier from = lookup.identifier(one);
    Identifier to = lookup.identifier(other);
    if (lookup.isOnlyShared(from) || lookup.isOnlyShared(to)) {
      return ofHousehold(from, to);
    }
    return ofPersons(from, to);
  }

  private Explanation ofPersons(Identifier from, Identifier to) {
    Group group = lookup.group(GraphRules.PERSON, List.of(from, to));
    GraphRules graphRules = rules.graph(GraphRules.PERSON);
    GroupResolver.Result result =
        GroupResolver.result(group, graphRules, GroupResolver.resolver(graphRules));
    Resolution whole = whole(group, result);
    return explanation(PathExplanation.between(from, to, whole, result.decisions()), whole);
  }

  /** Why two are of one household, or not: two persons, or a person and what persons share. */
  public Explanation explainHousehold(String one, String other) {
    return ofHousehold(lookup.identifier(one), lookup.identifier(other));
  }

  private Explanation ofHousehold(Identifier from, Identifier to) {
    return lookup
        .households()
        .explain(from, to)
        .map(explained -> explanation(explained.path(), explained.resolution()))
        .orElseGet(() -> ofPersons(from, to));
  }

  private Explanation explanation(PathExplanation path, Resolution whole) {
    Map<Edge, List<ModelExplanation.Line>> weighed = weighed(path);
    StringBuilder words = new StringBuilder(path.text());
    weighed.forEach(
        (edge, lines) -> {
          words.append(
              "  %s weighed %s and %s:%n".formatted(edge.rule(), edge.left(), edge.right()));
          lines.forEach(line -> words.append(line.words()).append('\n'));
        });
    return new Explanation(words.toString(), json(path, weighed), whole, path);
  }

  /** The comparisons behind the edges of models on a path. */
  private Map<Edge, List<ModelExplanation.Line>> weighed(PathExplanation path) {
    ModelExplanation models = new ModelExplanation(tables);
    Map<Edge, List<ModelExplanation.Line>> weighed = new LinkedHashMap<>();
    for (Step step : steps(path)) {
      for (Edge edge : step.evidence()) {
        List<ModelExplanation.Line> lines = models.of(edge);
        if (!lines.isEmpty()) {
          weighed.put(edge, lines);
        }
      }
    }
    return weighed;
  }

  /** The resolution with what was dropped before it. */
  private static Resolution whole(Group group, GroupResolver.Result result) {
    Resolution resolution = result.resolution();
    Set<DroppedEdge> dropped = new LinkedHashSet<>(result.work().dropped);
    result
        .work()
        .withdrawn
        .forEach(
            (edge, key) ->
                dropped.add(
                    new DroppedEdge(
                        edge,
                        DropReason.CONSENT_WITHDRAWN,
                        "consent %s was withdrawn"
                            .formatted(group.withdrawnConsent(key, group.edges.get(key))))));
    Map<Identifier, Excluded> excluded = new LinkedHashMap<>(group.excluded);
    resolution.excluded().forEach(one -> excluded.put(one.identifier(), one));
    return new Resolution(
        resolution.profiles(),
        resolution.kept(),
        dropped.stream().sorted().toList(),
        excluded.values().stream()
            .sorted(java.util.Comparator.comparing(Excluded::identifier))
            .toList(),
        resolution.notes());
  }

  private static List<Step> steps(PathExplanation path) {
    if (path instanceof PathExplanation.Joined joined) {
      return joined.path();
    }
    return path instanceof PathExplanation.Apart apart ? apart.path() : List.of();
  }

  private static Map<String, Object> json(
      PathExplanation path, Map<Edge, List<ModelExplanation.Line>> weighed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", path.from().toString());
    json.put("to", path.to().toString());
    if (path instanceof PathExplanation.Joined joined) {
      json.put("linked", true);
      json.put("profile_id", joined.profile().id());
      json.put("confidence", joined.confidence());
      json.put("profile_confidence", joined.profile().confidence());
      json.put("profile_density", joined.profile().density());
      json.put("profile_size", joined.profile().members().size());
    } else if (path instanceof PathExplanation.Apart apart) {
      json.put("linked", false);
      json.put("from_profile_id", id(apart.fromProfile()));
      json.put("to_profile_id", id(apart.toProfile()));
      json.put("excluded", apart.excluded().stream().map(IdentityQueries::json).toList());
      json.put(
          "cannot_link", apart.cannotLink().map(d -> d.author() + ": " + d.reason()).orElse(null));
      json.put("near_from", apart.nearFrom().stream().map(step -> json(step, weighed)).toList());
      json.put("near_to", apart.nearTo().stream().map(step -> json(step, weighed)).toList());
    } else if (path instanceof PathExplanation.Unknown unknown) {
      json.put("linked", false);
      json.put("unknown", unknown.unknown().stream().map(Identifier::toString).toList());
    }
    json.put("path", steps(path).stream().map(step -> json(step, weighed)).toList());
    return json;
  }

  /** A person alone is of no household. */
  private static String id(Optional<Profile> profile) {
    return profile.filter(one -> !one.isAlone()).map(Profile::id).orElse(null);
  }

  private static Map<String, Object> json(Excluded excluded) {
    return Map.of(
        "identifier", excluded.identifier().toString(),
        "reason", excluded.reason().name().toLowerCase(Locale.ROOT),
        "detail", excluded.detail());
  }

  private static Map<String, Object> json(
      Step step, Map<Edge, List<ModelExplanation.Line>> weighed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", step.from().toString());
    json.put("to", step.to().toString());
    json.put("broken", step.broken());
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (Edge edge : step.evidence()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rule", edge.rule());
      one.put("confidence", edge.confidence());
      // How much the evidence is worth, in bits: the weight of the odds.
      one.put("weight_bits", weight(edge.confidence()));
      one.put("source", edge.source());
      one.put("observations", edge.observations());
      one.put("first_seen", instant(edge.firstSeenMicros()));
      one.put("last_seen", instant(edge.lastSeenMicros()));
      one.put("consent", edge.consent());
      if (weighed.containsKey(edge)) {
        one.put(
            "comparisons", weighed.get(edge).stream().map(ModelExplanation.Line::json).toList());
      }
      step.dropped().stream()
          .filter(drop -> drop.edge().equals(edge))
          .findFirst()
          .ifPresent(
              drop -> {
                one.put("dropped", drop.reason().name().toLowerCase(Locale.ROOT));
                one.put("why", drop.detail());
              });
      evidence.add(one);
    }
    json.put("evidence", evidence);
    return json;
  }

  private static Double weight(double confidence) {
    return confidence >= 1
        ? null
        : (Double) (Math.round(1e3 * Math.log(confidence / (1 - confidence)) / Math.log(2)) / 1e3);
  }

  private static String instant(long micros) {
    return java.time.Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS).toString();
  }

  /**
   * A profile as it is and came to be.
   *
   * @param id a profile id, also one that is no more, or an identifier; or a household's id
   */
  public Map<String, Object> show(String id) {
    return lookup.isHousehold(id)
        ? lookup.households().show(id)
        : new ProfileStory(tables, lookup).of(id);
  }

  /** The book of decisions of this lake. */
  public DecisionBook decisions() {
    return new DecisionBook(tables, lookup);
  }
}
