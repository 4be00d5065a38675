package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** Places, states, sexes, occupations: equal, misspelt, sharing a word. */
final class CategoryLevels implements LevelRule {
  private static final int SHORTEST_WORD = 4;

  private final boolean place;
  private final Vocabulary vocabulary;

  /**
   * @param column the column's name, which tells what the values are of
   */
  CategoryLevels(String column) {
    this.place = KindInference.place(column);
    this.vocabulary = KindInference.vocabulary(column);
  }

  /** Of a category that is neither a place nor a person's, nobody knows what it is of. */
  @Override
  public boolean incidental() {
    return !place && vocabulary == Vocabulary.ANY;
  }

  @Override
  public boolean place() {
    return place;
  }

  @Override
  public List<String> labels() {
    return List.of("different", "alike or a word in common", "misspelt", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.1, 0.05, 0.1, 0.75};
  }

  @Override
  public String normalise(String value) {
    return vocabulary.form(Text.words(value));
  }

  @Override
  public int level(String left, String right) {
    double similarity = StringDistance.jaroWinkler(left, right);
    if (similarity > 0.92) {
      return 2;
    }
    return similarity > 0.85 || commonWord(left, right) ? 1 : 0;
  }

  private static boolean commonWord(String left, String right) {
    List<String> others = List.of(right.split(" "));
    for (String word : left.split(" ")) {
      if (word.length() >= SHORTEST_WORD && others.contains(word)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<String> keyNames() {
    return List.of("value");
  }

  @Override
  public String[] keys(String value) {
    return new String[] {value};
  }
}
