package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value that is a name of two words or more and, from its first number on, an address. */
final class NameAndAddress {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<name>\\p{L}[^\\d]*[\\s,]\\p{L}[^\\d]*?)[\\s,]+(?<address>\\d+.*\\p{L}.*)");
  private static final double MOST = 0.8;
  private static final int FEW = 1_000;
  private static final double MORE = 1.5;

  private NameAndAddress() {}

  /** Whether most of the values are of this form. */
  static boolean describes(String[] values) {
    List<String> filled =
        Arrays.stream(values).filter(value -> !value.isEmpty()).limit(FEW).toList();
    return KindInference.share(filled, PARTS) > MOST;
  }

  /** What stands before the address; all where there is none. */
  static String name(String value) {
    Matcher parts = PARTS.matcher(value);
    return parts.matches() ? parts.group("name") : value;
  }

  /** The address; empty where there is none. */
  static String address(String value) {
    Matcher parts = PARTS.matcher(value);
    return parts.matches() ? parts.group("address") : "";
  }

  /** Whether names without a comma begin with the family's: told from known given names. */
  static boolean familyFirst(String[] names) {
    int first = 0;
    int second = 0;
    for (String name : names) {
      String[] words = name.indexOf(',') < 0 ? Text.words(name).split(" ") : new String[0];
      if (words.length > 1) {
        first += Nicknames.known(words[0]) ? 1 : 0;
        second += Nicknames.known(words[1]) ? 1 : 0;
      }
    }
    return second > MORE * first + 1;
  }
}
