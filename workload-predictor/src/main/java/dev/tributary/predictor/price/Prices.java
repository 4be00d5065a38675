package dev.tributary.predictor.price;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prices by machine type. The shipped ones are a dated snapshot of list prices without spot; a file
 * of the user's adds types and replaces those it names.
 */
public final class Prices {
  private final Map<String, Offer> offers;

  private Prices(Map<String, Offer> offers) {
    this.offers = Collections.unmodifiableMap(offers);
  }

  /** The shipped snapshot: AWS (US East) and Google Cloud (Iowa), on demand. */
  public static Prices shipped() {
    return of(Shipped.OFFERS);
  }

  /** Exactly these. */
  public static Prices of(Collection<Offer> offers) {
    Map<String, Offer> byType = new LinkedHashMap<>();
    offers.forEach(offer -> byType.put(offer.type(), offer));
    return new Prices(byType);
  }

  /**
   * The shipped snapshot with the user's prices over it.
   *
   * @param file YAML (a list of objects, by the suffix .yaml or .yml) or CSV with a header; fields
   *     {@code type,vcpu,memory_gb,on_demand,spot,interruption_rate}, the last two optional; {@code
   *     vcpu} and {@code memory_gb} may be left out for shipped types
   * @throws dev.tributary.predictor.PredictorException for a missing or negative price, an unknown
   *     column, a type named twice
   */
  public static Prices withFile(Path file) {
    Prices shipped = shipped();
    return shipped.with(PriceFile.read(file, shipped));
  }

  /** These, replaced by {@code others} where both have a type. */
  public Prices with(Collection<Offer> others) {
    Map<String, Offer> all = new LinkedHashMap<>(offers);
    others.forEach(offer -> all.put(offer.type(), offer));
    return new Prices(all);
  }

  /** The offer of a type, by its exact name. */
  public Optional<Offer> find(String type) {
    return Optional.ofNullable(offers.get(type));
  }

  /** All offers, the shipped ones first. */
  public List<Offer> all() {
    return List.copyOf(offers.values());
  }

  private static final class Shipped {
    static final List<Offer> OFFERS = PriceFile.shipped("prices.csv");
  }
}
