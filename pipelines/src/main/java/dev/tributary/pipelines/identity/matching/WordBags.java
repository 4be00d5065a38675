package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;

/** The words of each record, numbered, in the order in which they stand. */
final class WordBags {
  /** Words beyond this many are not compared; an array of them fits a comparison's scratch. */
  static final int MAX_WORDS = 40;

  final String[] words;
  final int[][] bags;
  final float[] logFrequency;
  private final int[] records;

  private WordBags(String[] words, int[][] bags, float[] logFrequency) {
    this.words = words;
    this.bags = bags;
    this.logFrequency = logFrequency;
    this.records = new int[words.length];
    for (int[] bag : bags) {
      for (int word : bag) {
        records[word]++;
      }
    }
  }

  /** How many of these records have a word. */
  int records(int word) {
    return records[word];
  }

  /** The same, with the frequencies that a word has among others, see {@link Dictionary}. */
  static WordBags of(String[][] texts, double coincidence, double believed, FrequencyTable table) {
    return of(
        texts,
        (dictionary, filled) -> dictionary.logFrequencies(filled, coincidence, believed),
        table);
  }

  private interface Frequencies {
    float[] of(Dictionary dictionary, int filled);
  }

  /**
   * @param texts the words of each record, in normal form; a word that a record repeats counts once
   * @param table see {@link Dictionary}
   */
  static WordBags of(String[][] texts, FrequencyTable table) {
    return of(texts, Dictionary::logFrequencies, table);
  }

  private static WordBags of(String[][] texts, Frequencies frequencies, FrequencyTable table) {
    Dictionary dictionary = new Dictionary(table);
    int[][] bags = new int[texts.length][];
    int filled = 0;
    for (int i = 0; i < texts.length; i++) {
      int[] bag =
          Arrays.stream(texts[i])
              .distinct()
              .limit(MAX_WORDS)
              .mapToInt(dictionary::number)
              .toArray();
      for (int word : bag) {
        dictionary.count(word);
      }
      filled += bag.length == 0 ? 0 : 1;
      bags[i] = bag;
    }
    return new WordBags(dictionary.values(), bags, frequencies.of(dictionary, filled));
  }

  String show(int record) {
    return String.join(" ", Arrays.stream(bags[record]).mapToObj(word -> words[word]).toList());
  }
}
