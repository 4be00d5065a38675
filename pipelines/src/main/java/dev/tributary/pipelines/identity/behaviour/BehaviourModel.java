package dev.tributary.pipelines.identity.behaviour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What speaks for two devices being one person's: for each comparison the logarithm of m/u of the
 * level reached, times a reliability; their sum and an intercept are the log-odds. An intercept
 * each for pairs with one login and without.
 */
public final class BehaviourModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LOG_2 = Math.log(2);
  private static final Comparison[] COMPARISONS = Comparison.values();

  private final double[][] m;
  private final double[][] u;
  private final double[] reliability;
  private final double oneLogin;
  private final double noLogin;
  private final Set<String> commonPages;

  BehaviourModel(
      double[][] m,
      double[][] u,
      double[] reliability,
      double oneLogin,
      double noLogin,
      Set<String> commonPages) {
    this.m = m;
    this.u = u;
    this.reliability = reliability;
    this.oneLogin = oneLogin;
    this.noLogin = noLogin;
    this.commonPages = Set.copyOf(commonPages);
  }

  /** The level of each comparison of two devices. */
  public int[] levels(DeviceTrace one, DeviceTrace other, Map<String, Integer> networkSizes) {
    return Comparison.levels(one, other, networkSizes, commonPages);
  }

  /**
   * The log-odds that two devices are one person's, in nats, seen alone.
   *
   * @param kind of the pair; what logins say is not looked at again
   */
  public double logOdds(int[] levels, PairKind kind) {
    double sum = kind == PairKind.NO_LOGIN ? noLogin : oneLogin;
    for (int c = 0; c < levels.length; c++) {
      sum += weight(c, levels[c]);
    }
    return sum;
  }

  private double weight(int comparison, int level) {
    return reliability[comparison] * Math.log(m[comparison][level] / u[comparison][level]);
  }

  /** What each comparison adds, the prior first. */
  public List<Contribution> explain(int[] levels, PairKind kind) {
    List<Contribution> all = new ArrayList<>();
    double prior = kind == PairKind.NO_LOGIN ? noLogin : oneLogin;
    all.add(new Contribution("devices on one small network", "any", prior / LOG_2));
    for (int c = 0; c < levels.length; c++) {
      all.add(
          new Contribution(
              COMPARISONS[c].label(),
              COMPARISONS[c].levels().get(levels[c]),
              weight(c, levels[c]) / LOG_2));
    }
    return all;
  }

  /** The probability that belongs to log-odds. */
  public static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** Writes it as JSON; equal models give equal text. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("one_login", oneLogin);
    json.put("no_login", noLogin);
    ObjectNode comparisons = json.putObject("comparisons");
    for (int c = 0; c < COMPARISONS.length; c++) {
      ObjectNode one = comparisons.putObject(COMPARISONS[c].name());
      one.put("reliability", reliability[c]);
      one.set("levels", JSON.valueToTree(COMPARISONS[c].levels()));
      one.set("m", JSON.valueToTree(m[c]));
      one.set("u", JSON.valueToTree(u[c]));
    }
    json.set("common_pages", JSON.valueToTree(commonPages.stream().sorted().toList()));
    return json.toString();
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static BehaviourModel read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      int n = COMPARISONS.length;
      double[][] m = new double[n][];
      double[][] u = new double[n][];
      double[] reliability = new double[n];
      for (int c = 0; c < n; c++) {
        JsonNode one = json.path("comparisons").path(COMPARISONS[c].name());
        reliability[c] = one.path("reliability").asDouble();
        m[c] = JSON.treeToValue(one.path("m"), double[].class);
        u[c] = JSON.treeToValue(one.path("u"), double[].class);
        if (m[c] == null || u[c] == null || m[c].length != COMPARISONS[c].levels().size()) {
          throw new IllegalArgumentException("no behaviour model: " + COMPARISONS[c] + " differs");
        }
      }
      Set<String> pages = new HashSet<>();
      json.path("common_pages").forEach(page -> pages.add(page.asText()));
      return new BehaviourModel(
          m,
          u,
          reliability,
          json.path("one_login").asDouble(),
          json.path("no_login").asDouble(),
          pages);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no behaviour model: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "one login %.2f, none %.2f, reliability %s"
        .formatted(oneLogin, noLogin, Arrays.toString(reliability));
  }
}
