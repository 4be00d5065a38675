package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * Who moves differs in street, town and postcode at once. So what two records of one entity say of
 * their place is a mixture: either it has stayed and they agree but for errors, or it has moved and
 * they agree as strangers do. Columns that depend on each other among matches are modelled so by a
 * latent class of their own (Thibaudeau 1993, The discrimination power of dependency structures in
 * record linkage); how many have moved is learned with the rest.
 *
 * @param probability that an entity has moved between two of its records, in [0, 1)
 * @param places the attributes that tell where it is; none, or two at least
 */
public record Moving(double probability, List<String> places) {
  /** Nobody moves. */
  static final Moving NEVER = new Moving(0, List.of());

  /** How many are believed to have moved before there is data, and at most. */
  static final double BELIEVED = 0.05;

  static final double MOST = 0.6;

  /** Checks the probability. */
  public Moving {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("probability of moving " + probability + " not in [0,1)");
    }
    places = List.copyOf(places);
  }

  /** The attributes that tell of a place; none when it is only one, which nothing depends on. */
  static List<String> places(List<Attribute> attributes) {
    List<String> places =
        attributes.stream().filter(Attribute::place).map(Attribute::name).toList();
    return places.size() < 2 ? List.of() : places;
  }
}
