package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.Event.PlanNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the queries of an application do: operators by kind, and a signature that stays the same
 * from run to run. The signature leaves out what the optimiser decides by size (kind of join,
 * exchanges, sorts, code generation) and what a query names (tables, commands' targets).
 */
final class Plans {
  private static final int MOST_SHAPES = 1000;
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final Pattern WRAPPER =
      Pattern.compile(
          "WholeStageCodegen.*|InputAdapter|AdaptiveSparkPlan|ColumnarToRow|RowToColumnar"
              + "|.*QueryStage|AQEShuffleRead|CustomShuffleReader|ReusedExchange|Subquery.*");
  private static final String[] KINDS = {
    "joins",
    "aggregates",
    "exchanges",
    "sorts",
    "windows",
    "scans",
    "user_functions",
    "unions",
    "generates",
    "writes"
  };
  private static final Pattern[] NAMES = {
    Pattern.compile(".*join.*|cartesianproduct"),
    Pattern.compile(".*aggregate.*"),
    Pattern.compile(".*exchange.*"),
    Pattern.compile("sort|takeorderedandproject|.*sortexec"),
    Pattern.compile("window.*"),
    Pattern.compile(".*scan.*"),
    Pattern.compile(".*(python|pandas|arroweval|mapelements|mappartitions|mapgroups|udf).*"),
    Pattern.compile("union"),
    Pattern.compile("generate"),
    Pattern.compile("execute .*|.*write.*|.*append.*|.*overwrite.*")
  };

  private final Map<String, Long> kinds = new LinkedHashMap<>();
  private final TreeSet<Long> shapes = new TreeSet<>();
  private long queries;
  private long operators;
  private int depth;

  Plans() {
    for (String kind : KINDS) {
      kinds.put(kind, 0L);
    }
  }

  void add(PlanNode plan) {
    queries++;
    if (plan == null) {
      return;
    }
    StringBuilder shape = new StringBuilder();
    visit(plan, 1, shape);
    if (shapes.size() < MOST_SHAPES) {
      shapes.add(hash(shape));
    }
  }

  private void visit(PlanNode node, int level, StringBuilder shape) {
    boolean wrapper = WRAPPER.matcher(node.name()).matches();
    if (!wrapper) {
      operators++;
      depth = Math.max(depth, level);
    }
    String kind = wrapper ? null : kind(node.name());
    if (kind != null) {
      kinds.merge(kind, 1L, Long::sum);
    }
    boolean shown = !wrapper && !"exchanges".equals(kind) && !"sorts".equals(kind);
    if (shown) {
      shape.append(kind == null ? firstWord(node.name()) : kind).append('(');
    }
    for (PlanNode child : node.children()) {
      visit(child, wrapper ? level : level + 1, shape);
    }
    if (shown) {
      shape.append(')');
    }
  }

  private static String kind(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < KINDS.length; i++) {
      if (NAMES[i].matcher(lower).matches()) {
        return KINDS[i];
      }
    }
    return null;
  }

  private static String firstWord(String name) {
    int space = name.indexOf(' ');
    return space < 0 ? name : name.substring(0, space);
  }

  private static long hash(CharSequence text) {
    long hash = FNV_START;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /**
   * Sixteen hexadecimal digits; empty without a query. The order of the queries does not matter.
   */
  Optional<String> signature() {
    if (shapes.isEmpty()) {
      return Optional.empty();
    }
    long hash = FNV_START;
    for (long shape : shapes) {
      hash = (hash ^ shape) * FNV_PRIME;
    }
    return Optional.of("%016x".formatted(hash));
  }

  void features(Map<String, Double> into) {
    into.put("queries", (double) queries);
    into.put("plan_operators", (double) operators);
    into.put("plan_depth", (double) depth);
    into.put("plan_shapes", (double) shapes.size());
    kinds.forEach((kind, count) -> into.put("plan_" + kind, (double) count));
  }
}
