package dev.tributary.predictor.recommend;

import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clusters to look at: every allowed machine type with every number of workers. Without a given
 * maximum, up to twice what any run had. Wide ranges are thinned to steps of an eighth.
 */
final class Candidates {
  private static final int EVERY_COUNT_UP_TO = 16;

  private Candidates() {}

  static List<Candidate> of(Request request, Prices prices) {
    List<Candidate> candidates = new ArrayList<>();
    for (Offer offer : offers(request, prices)) {
      for (int workers : workers(request, offer)) {
        candidates.add(new Candidate(offer, workers, Purchase.ON_DEMAND));
        if (offer.spot().isPresent()) {
          candidates.add(new Candidate(offer, workers, Purchase.SPOT));
        }
      }
    }
    Set<Purchase> purchases = request.constraints().purchases();
    return candidates.stream()
        .filter(candidate -> purchases.contains(candidate.purchase()))
        .toList();
  }

  static boolean isAllowed(Candidate candidate, Constraints constraints) {
    Enforced enforced = constraints.enforced();
    int workers = candidate.workers();
    return Cluster.isPossible(workers, candidate.offer().cores())
        && constraints.purchases().contains(candidate.purchase())
        && constraints.allows(candidate.offer().type())
        && workers == enforced.allWorkers().orElse(workers)
        && workers >= constraints.leastWorkers()
        && workers <= constraints.mostWorkers().orElse(workers);
  }

  private static List<Offer> offers(Request request, Prices prices) {
    Constraints constraints = request.constraints();
    if (constraints.enforced().machineType().isPresent()) {
      return List.of(prices.find(constraints.enforced().machineType().get()).orElseThrow());
    }
    if (!constraints.types().isEmpty()) {
      return constraints.types().stream()
          .map(type -> prices.find(type).orElseThrow())
          .filter(offer -> isOn(offer, request.platform()))
          .toList();
    }
    Set<Cloud> clouds = clouds(request, prices);
    return prices.all().stream()
        .filter(offer -> isOn(offer, request.platform()))
        .filter(offer -> clouds.contains(offer.cloud()))
        .toList();
  }

  static boolean isOn(Offer offer, Platform platform) {
    return offer.cloud() == Cloud.OTHER
        || platform.cloud().map(cloud -> cloud == offer.cloud()).orElse(true);
  }

  /** Where the job has run; everywhere if its machines are not priced. */
  private static Set<Cloud> clouds(Request request, Prices prices) {
    Set<Cloud> clouds = EnumSet.noneOf(Cloud.class);
    for (Run run : request.runs()) {
      prices.find(run.cluster().machineType()).map(Offer::cloud).ifPresent(clouds::add);
    }
    if (clouds.isEmpty() || request.platform().cloud().isPresent()) {
      return EnumSet.allOf(Cloud.class);
    }
    clouds.add(Cloud.OTHER);
    return clouds;
  }

  private static Set<Integer> workers(Request request, Offer offer) {
    Constraints constraints = request.constraints();
    OptionalInt enforced = constraints.enforced().allWorkers();
    if (enforced.isPresent()) {
      return Cluster.isPossible(enforced.getAsInt(), offer.cores())
          ? Set.of(enforced.getAsInt())
          : Set.of();
    }
    int seen = request.runs().stream().mapToInt(run -> run.cluster().workers()).max().orElse(1);
    int least = constraints.leastWorkers();
    int asked = constraints.maxWorkers().orElse(Math.max(2 * seen, least));
    int allowed = Math.min(asked, constraints.mostWorkers().orElse(asked));
    int most = Math.min(allowed, Cluster.MOST_CORES / offer.cores());
    Set<Integer> counts = new TreeSet<>();
    for (int count = least; count <= most; count += Math.max(1, count / EVERY_COUNT_UP_TO * 2)) {
      counts.add(count);
    }
    if (most >= least) {
      counts.add(most);
    }
    return counts;
  }
}
