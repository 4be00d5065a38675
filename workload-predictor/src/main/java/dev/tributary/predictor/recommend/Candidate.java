package dev.tributary.predictor.recommend;

import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.run.Cluster;

/**
 * A cluster that could be had.
 *
 * @param offer the machines of the workers
 * @param workers how many, at least 1
 * @param purchase how they are bought
 */
public record Candidate(Offer offer, int workers, Purchase purchase) {
  /** As the models see it. */
  public Cluster cluster() {
    return new Cluster(offer.type(), workers, offer.cores(), offer.memoryMb());
  }

  /** For people: {@code 4 × m5.xlarge on-demand}. */
  public String label() {
    return workers + " × " + offer.type() + " " + purchase.label();
  }
}
