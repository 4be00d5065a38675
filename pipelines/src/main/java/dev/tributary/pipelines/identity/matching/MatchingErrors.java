package dev.tributary.pipelines.identity.matching;

import java.util.List;

/** The errors of this package: problem, cause, fix. */
final class MatchingErrors {
  private MatchingErrors() {}

  static MatchingException unknownKind(String name) {
    return new MatchingException(
        "There is no kind '" + name + "'", "take one of " + AttributeKind.all());
  }

  static MatchingException unknownColumn(String column, List<String> columns) {
    return new MatchingException(
        "The configuration names the column '" + column + "', which the input does not have",
        "take one of " + String.join(", ", columns));
  }

  static MatchingException nothingToCompare(List<String> reasons) {
    return new MatchingException(
        "No column is left to compare records by: " + String.join("; ", reasons),
        "give a column in which records differ and that tells who they are of; one that is left out"
            + " for its name is compared with a kind under 'columns' in the configuration");
  }

  static MatchingException tooFew(int records) {
    return new MatchingException(
        "There are " + records + " records, and nothing to compare", "give two records or more");
  }

  static MatchingException tooMany(long records) {
    return new MatchingException(
        records
            + " records are more than one process can link (at most "
            + RecordSet.MAX_RECORDS
            + ")",
        "link parts, e.g. by country or year of birth");
  }

  static MatchingException sameId(String id) {
    return new MatchingException(
        "Two records have the id '" + id + "'",
        "name the column that tells records apart under 'id', or name none and rows are numbered");
  }

  static MatchingException badOneToOne(String value) {
    return new MatchingException("one-to-one is '" + value + "'", "say auto, true or false");
  }

  static MatchingException badMinConfidence(String value) {
    return new MatchingException(
        "min-confidence is '" + value + "'",
        "give a probability from 0.05 to below 1, such as 0.95 for fewer and surer links"
            + " (0.5 when left out)");
  }
}
