package dev.tributary.predictor.output;

import dev.tributary.predictor.recommend.Assessment;
import dev.tributary.predictor.recommend.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was rejected, by reason.
 *
 * @param counts candidates
 * @param examples the first of each, with its verdict
 */
record Rejections(Map<Reason, Integer> counts, Map<Reason, String> examples) {
  static Rejections of(List<Assessment> candidates) {
    Rejections all = new Rejections(new EnumMap<>(Reason.class), new EnumMap<>(Reason.class));
    for (Assessment of : candidates) {
      of.rejection()
          .ifPresent(
              why -> {
                all.counts().merge(why.reason(), 1, Integer::sum);
                all.examples().putIfAbsent(why.reason(), of.candidate().label() + " " + why.text());
              });
    }
    return all;
  }
}
