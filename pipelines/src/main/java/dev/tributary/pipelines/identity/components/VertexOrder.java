package dev.tributary.pipelines.identity.components;

import java.io.Serializable;

/**
 * A total order of vertex ids; the first vertex of a set represents it. Either the natural order,
 * or one that looks random and is another one for each round, so that no input is a bad case for
 * it.
 *
 * @param seed zero for the natural order
 */
record VertexOrder(long seed) implements Serializable {
  static final VertexOrder NATURAL = new VertexOrder(0);

  /** The order of a round of contraction, from 0. */
  static VertexOrder ofRound(int round) {
    return new VertexOrder(mix(0x5eed_0000_0000_0001L + round) | 1);
  }

  /** Where a vertex stands: ranks are distinct, the smallest is first. */
  long rank(long id) {
    return seed == 0 ? id : mix(id ^ seed);
  }

  /** The partition that keeps what is known of a vertex; independent of every order. */
  static int partition(long id, int partitions) {
    return (int) Long.remainderUnsigned(mix(id + 0x9e37_79b9_7f4a_7c15L), partitions);
  }

  /** Scatters ids over all 64 bits, one to one: the finaliser of MurmurHash3 (Appleby). */
  static long mix(long id) {
    long x = id;
    x = (x ^ (x >>> 33)) * 0xff51_afd7_ed55_8ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
    return x ^ (x >>> 33);
  }
}
