package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A graph that a test writes down or draws: nodes, edges, decisions. */
record Scene(List<Node> nodes, List<Edge> edges, List<Decision> decisions) {
  static Scene of(Edge... edges) {
    return new Scene(List.of(), List.of(edges), List.of());
  }

  /** {@code user_id:1} as an identifier. */
  static Identifier id(String text) {
    int colon = text.indexOf(':');
    return new Identifier(text.substring(0, colon), text.substring(colon + 1));
  }

  static Edge edge(String left, String right, double confidence) {
    return edge(left, right, confidence, "login", null);
  }

  static Edge edge(String left, String right, double confidence, String rule, String consent) {
    return new Edge(id(left), id(right), rule, confidence, 10, 20, 1, "web", consent);
  }

  static Edge at(String left, String right, long first, long last) {
    return new Edge(id(left), id(right), "login", 0.9, first, last, 1, "web", null);
  }

  static Decision must(String left, String right, long at) {
    return new Decision(Decision.Kind.MUST_LINK, id(left), id(right), "ada", "same person", at);
  }

  static Decision cannot(String left, String right, long at) {
    return new Decision(Decision.Kind.CANNOT_LINK, id(left), id(right), "ada", "two people", at);
  }

  Scene with(Decision... more) {
    List<Decision> all = new ArrayList<>(decisions);
    Collections.addAll(all, more);
    return new Scene(nodes, edges, all);
  }

  Scene with(Edge... more) {
    List<Edge> all = new ArrayList<>(edges);
    Collections.addAll(all, more);
    return new Scene(nodes, all, decisions);
  }

  Resolution by(GraphRules rules) {
    return new ComponentResolver(rules).resolve(nodes, edges, decisions);
  }

  /** The same in another order, some of it twice. */
  Scene shuffled(Random random) {
    List<Node> someNodes = again(nodes, random);
    List<Edge> someEdges = new ArrayList<>();
    for (Edge edge : again(edges, random)) {
      someEdges.add(random.nextBoolean() ? edge : reversed(edge));
    }
    return new Scene(someNodes, someEdges, again(decisions, random));
  }

  private static Edge reversed(Edge edge) {
    return new Edge(
        edge.right(),
        edge.left(),
        edge.rule(),
        edge.confidence(),
        edge.firstSeenMicros(),
        edge.lastSeenMicros(),
        edge.observations(),
        edge.source(),
        edge.consent());
  }

  private static <T> List<T> again(List<T> items, Random random) {
    List<T> more = new ArrayList<>(items);
    items.stream().filter(item -> random.nextInt(4) == 0).forEach(more::add);
    Collections.shuffle(more, random);
    return more;
  }

  /** People with logins, addresses and devices, some of them shared, and decisions at random. */
  static Scene drawn(long seed) {
    Random random = new Random(seed);
    int people = 1 + random.nextInt(6);
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(30); i++) {
      Identifier left = value(random, people);
      Identifier right = value(random, people);
      edges.add(link(random, left, right));
    }
    List<Node> nodes = new ArrayList<>();
    for (Edge edge : edges) {
      nodes.add(new Node(edge.left(), edge.left().hashCode() & 7));
      nodes.add(new Node(edge.right(), edge.right().hashCode() & 7));
    }
    nodes.add(new Node(value(random, people), 3));
    nodes.replaceAll(node -> new Node(node.identifier(), node.identifier().hashCode() & 7));
    return new Scene(nodes, edges, decisions(random, people));
  }

  private static Edge link(Random random, Identifier left, Identifier right) {
    double[] confidences = {0.4, 0.55, 0.7, 0.9, 0.9, 1};
    long first = random.nextInt(100);
    return new Edge(
        left,
        right,
        random.nextInt(3) == 0 ? "model" : "login",
        confidences[random.nextInt(confidences.length)],
        first,
        first + random.nextInt(50),
        1 + random.nextInt(5),
        random.nextBoolean() ? "web" : null,
        random.nextInt(4) == 0 ? "consent-" + random.nextInt(3) : null);
  }

  private static List<Decision> decisions(Random random, int people) {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      Identifier left = value(random, people);
      Identifier right = value(random, people);
      if (!left.equals(right)) {
        Decision.Kind kind = Decision.Kind.values()[random.nextInt(2)];
        decisions.add(new Decision(kind, left, right, "ada", "", random.nextInt(5)));
      }
    }
    return decisions;
  }

  private static Identifier value(Random random, int people) {
    String[] types = {"user_id", "email", "anonymous_id", "phone"};
    String type = types[random.nextInt(types.length)];
    return new Identifier(type, Integer.toString(random.nextInt(2 * people)));
  }
}
