package dev.tributary.pipelines.identity.privacy;

import java.util.List;
import java.util.Map;

/**
 * A table as the linkage unit sees it.
 *
 * @param name what results call this table
 * @param keyId fingerprint of the key it was encoded with
 * @param settings what must be equal for two tables to be comparable, by name
 * @param fields statistics of each field, in the order of the encodings
 */
record EncodedTable(
    String name,
    String keyId,
    Map<String, String> settings,
    Hardening hardening,
    List<FieldStatistics> fields,
    List<EncodedRecord> records) {
  EncodedTable {
    fields = List.copyOf(fields);
  }

  EncodedTable named(String other) {
    return new EncodedTable(other, keyId, settings, hardening, fields, records);
  }

  /**
   * Totals of one field over a party's table, from which u probabilities follow without comparing
   * anybody's values.
   *
   * @param present records with a value
   * @param equalPairs pairs of present records with equal normal forms
   * @param distances of random pairs: how many shown encodings (under one common salt) differ in at
   *     most 1/64 of their bits, in more than 1/64 to 2/64, …; unequal values only
   */
  record FieldStatistics(String name, long present, long equalPairs, long[] distances) {
    static final int BINS = 64;

    static int bin(int distance, int bits) {
      return Math.min(BINS - 1, Math.max(0, (distance * BINS - 1) / bits));
    }
  }

  /**
   * A record: for each blocking key it has, the pass, the key's keyed hash, and the encodings of
   * all fields under that key's salt (unsalted: once).
   *
   * @param present bit i is set where field i has a value
   * @param words encodings one after the other; zero where a value is missing
   */
  record EncodedRecord(String id, long present, byte[] passes, long[] blocks, long[] words) {
    /** Where the encodings under the i-th blocking key begin. */
    int offset(int i, int wordsPerKey) {
      return words.length == wordsPerKey ? 0 : i * wordsPerKey;
    }
  }
}
