/**
 * Records linked without exchanging values: keyed Bloom-filter encodings, and a Fellegi–Sunter
 * model that links them without key or plain text. Private set intersection is in {@code psi}.
 *
 * <h2>Who sees what</h2>
 *
 * Two data holders share a {@link dev.tributary.pipelines.identity.privacy.LinkageKey key}; each
 * encodes its own table. A linkage unit, who must <em>not</em> have the key (with it, every value
 * of a dictionary can be encoded and looked up), links the two encoded files. This is the usual
 * three-party setting (Vatsalan, Christen, Verykios 2013, A taxonomy of privacy-preserving record
 * linkage techniques). All parties are taken to be semi-honest: curious, but following the
 * protocol; data holders do not collude with the linkage unit.
 *
 * <h2>How it is hardened, and against what</h2>
 *
 * <ul>
 *   <li><b>Random hashing</b> in place of double hashing: each q-gram's positions come from a
 *       pseudo-random function. Stops the attack on the few bit patterns that double hashing can
 *       make (Niedermeyer, Steinmetzer, Kroll, Schnell 2014).
 *   <li><b>Constant fill</b>: the number of hash functions follows the number of q-grams, so that
 *       weight does not tell length (after Durham 2012).
 *   <li><b>Salting by the block</b>: every blocking key of a record is the salt of one encoding of
 *       all its fields, after the salting by stable attributes of Niedermeyer et al. 2014 and
 *       Schnell, Borgs 2016. Two records can be compared where they share a blocking key and
 *       nowhere else, so the same name in two blocks has two unrelated encodings: no frequencies to
 *       align (Kuzu et al. 2011), no patterns to mine over the table (Christen, Ranbaduge,
 *       Vatsalan, Schnell 2018), and only fragments of the similarity graph (Vidanage et al. 2020).
 *       Unlike a salt of its own, it costs no recall beyond that of the blocking.
 *   <li><b>Bounded blocks</b>: a blocking key held by too many records is left out, so that the
 *       frequent keys, the only ones a frequency attack can tell apart, are never shown.
 *   <li><b>Diffusion</b>: every published bit is the exclusive or of several bits of the filter
 *       (Armknecht, Heng, Schnell 2023), so that no bit stands for a q-gram, inside a block either.
 *   <li>On request: balancing and XOR-folding (Schnell, Borgs 2016), and random flips with
 *       differential privacy (BLIP: Alaggan, Gambs, Kermarrec 2012).
 * </ul>
 *
 * What remains visible to the linkage unit: how many records share a blocking key and how similar
 * they are, for each pass which record lacks which field, and totals for each field (collision
 * probability, similarities of random pairs). A linkage unit who knows the same table in plain text
 * could match the <em>structure</em> of its blocks; that is measured in the tests.
 *
 * <p>Reads CSV files and key files; writes encoded files and linkage results. Must not know Spark,
 * the lake, landing or the command line.
 */
package dev.tributary.pipelines.identity.privacy;
