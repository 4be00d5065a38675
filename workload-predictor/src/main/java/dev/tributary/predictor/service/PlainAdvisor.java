package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Refusal.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ernest for the models; for the cluster the cheapest, at the upper bound of its runtime, that
 * meets the deadline and holds the memory. Clusters outside of what was seen are not chosen: where
 * no known one fits, the job keeps what it runs on.
 */
record PlainAdvisor(PriceList prices) implements Advisor {
  private static final double MORE_AFTER_OUT_OF_MEMORY = 1.5;

  /** A cluster that may be chosen. */
  private record Candidate(Cluster cluster, Prediction runtime, double cost, double costUpper) {
    ObjectNode json() {
      ObjectNode json = RunJson.MAPPER.createObjectNode();
      json.set("cluster", RunJson.of(cluster));
      return json.put("runtime_seconds", runtime.expected())
          .put("runtime_upper_seconds", runtime.upper())
          .put("cost_usd", cost)
          .put("cost_upper_usd", costUpper);
    }
  }

  @Override
  public List<String> learners() {
    return List.of(ErnestModel.NAME);
  }

  @Override
  public JobModel fit(String learner, List<Run> runs, Quantity quantity, long seed) {
    return ErnestModel.fit(runs, quantity)
        .orElseThrow(
            () ->
                PredictorException.usage(
                    "No run of the job has a " + quantity.text(), null, "send runs that have it"));
  }

  @Override
  public ObjectNode recommend(Question question) {
    PriceList list =
        question.prices().map(given -> PriceList.read(new At(given, "/prices"))).orElse(prices);
    List<Cluster> clusters =
        question.candidates().isEmpty() ? list.candidates() : question.candidates();
    if (clusters.isEmpty()) {
      throw Refusal.at(
          Kind.MISSING_PRICE,
          "/prices",
          "There are no prices, so nothing can be chosen. Send prices or start the service with --prices.");
    }
    checkMachineTypes(question, list);
    ArrayNode rejected = RunJson.MAPPER.createArrayNode();
    List<Candidate> fitting = new ArrayList<>();
    double memory = memoryNeeded(question);
    for (Cluster cluster : clusters) {
      Prediction runtime =
          question
              .models()
              .get(Quantity.RUNTIME_SECONDS)
              .predict(cluster, question.inputs(), question.constraints().confidence());
      Candidate candidate =
          new Candidate(
              cluster,
              runtime,
              list.cost(cluster, runtime.expected()),
              list.cost(cluster, runtime.upper()));
      Optional<String> reason = reject(candidate, question.constraints(), memory);
      if (reason.isPresent()) {
        rejected.addObject().put("reason", reason.get()).set("cluster", RunJson.of(cluster));
      } else {
        fitting.add(candidate);
      }
    }
    return answer(question, fitting, rejected);
  }

  private static void checkMachineTypes(Question question, PriceList list) {
    List<String> asked = question.constraints().machineTypes();
    for (int i = 0; i < asked.size(); i++) {
      if (!list.machines().containsKey(asked.get(i))) {
        throw Refusal.at(
            Kind.UNKNOWN_MACHINE_TYPE,
            "/constraints/machine_types/" + i,
            "There is no price of machine type '%s'; known are %s."
                .formatted(asked.get(i), list.machines().keySet().stream().sorted().toList()));
      }
    }
  }

  private static Optional<String> reject(Candidate one, Constraints constraints, double memory) {
    Optional<String> forbidden = constraints.forbids(one.cluster());
    if (forbidden.isPresent()) {
      return forbidden;
    }
    if (!one.runtime().known()) {
      return Optional.of("not known: " + one.runtime().reason());
    }
    if (one.cluster().memoryMbPerWorker() < memory) {
      return Optional.of("a worker needs %.0f MB".formatted(memory));
    }
    if (constraints.deadlineSeconds().isPresent()
        && one.runtime().upper() > constraints.deadlineSeconds().getAsDouble()) {
      return Optional.of(
          "may take %.1f s, the deadline is %.1f s"
              .formatted(one.runtime().upper(), constraints.deadlineSeconds().getAsDouble()));
    }
    if (constraints.maxCostUsd().isPresent()
        && one.costUpper() > constraints.maxCostUsd().getAsDouble()) {
      return Optional.of(
          "may cost %.4f USD, allowed are %.4f USD"
              .formatted(one.costUpper(), constraints.maxCostUsd().getAsDouble()));
    }
    return Optional.empty();
  }

  /** The most that was seen or is predicted, and more than what ran out of memory; 0 if unknown. */
  private static double memoryNeeded(Question question) {
    double needed =
        question.runs().stream().mapToDouble(run -> run.peakMemoryMb().orElse(0)).max().orElse(0);
    JobModel model = question.models().get(Quantity.PEAK_MEMORY_MB);
    if (model != null) {
      Cluster cluster =
          question
              .current()
              .orElseGet(() -> question.runs().get(question.runs().size() - 1).cluster());
      needed =
          Math.max(
              needed,
              model
                  .predict(cluster, question.inputs(), question.constraints().confidence())
                  .upper());
    }
    for (Run run : question.runs()) {
      if (run.outcome() == Outcome.OUT_OF_MEMORY) {
        needed = Math.max(needed, MORE_AFTER_OUT_OF_MEMORY * run.cluster().memoryMbPerWorker());
      }
    }
    return needed;
  }

  private static ObjectNode answer(Question question, List<Candidate> fitting, ArrayNode rejected) {
    ObjectNode answer = RunJson.MAPPER.createObjectNode();
    Optional<Candidate> best =
        fitting.stream()
            .min(
                Comparator.comparingDouble(Candidate::costUpper)
                    .thenComparing(candidate -> candidate.runtime().upper()));
    answer.put("advice", best.isPresent()).put("fallback", best.isEmpty());
    answer.put(
        "reason",
        best.map(
                chosen ->
                    "The cheapest of %d that fit: at most %.4f USD and %.1f s."
                        .formatted(fitting.size(), chosen.costUpper(), chosen.runtime().upper()))
            .orElse(
                "None of %d candidates fits; the job keeps what it runs on."
                    .formatted(rejected.size())));
    answer.set(
        "chosen",
        best.<com.fasterxml.jackson.databind.JsonNode>map(Candidate::json)
            .orElse(RunJson.MAPPER.nullNode()));
    ArrayNode frontier = answer.putArray("frontier");
    double fastest = Double.MAX_VALUE;
    for (Candidate candidate :
        fitting.stream()
            .sorted(
                Comparator.comparingDouble(Candidate::cost)
                    .thenComparing(one -> one.runtime().expected()))
            .toList()) {
      if (candidate.runtime().expected() < fastest) {
        fastest = candidate.runtime().expected();
        frontier.add(candidate.json());
      }
    }
    answer.set("rejected", rejected);
    return answer;
  }
}
