package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which part of a name a word is. */
enum NameRole {
  GIVEN(0.05, 0.05, 0.03, 0.04, 0.1, 0.1, 0.63),
  MIDDLE(0.13, 0.15, 0.03, 0.05, 0.08, 0.07, 0.49),
  FAMILY(0.06, 0.01, 0.03, 0.04, 0.12, 0.01, 0.73),
  TITLE(0.38, 0.02, 0.02, 0.03, 0.05, 0.02, 0.48);

  private static final Set<String> TITLES =
      Set.of(
          ("mr mrs ms miss mx sir dame lord lady dr prof professor rev reverend hon honourable capt"
                  + " captain col colonel gen general major sgt baron baroness baronet bt earl count"
                  + " countess duke duchess viscount marquess prince princess king queen saint st the"
                  + " of and de da di del della la le du van von der den ter zu al el bin ibn jr sr"
                  + " ii iii iv phd md esq 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th")
              .split(" "));
  private static final Set<String> GENERATIONS =
      Set.of("jr", "sr", "junior", "senior", "ii", "iii", "iv");
  private static final Map<String, String> SAME =
      Map.of("junior", "jr", "senior", "sr", "i", "sr", "ii", "jr");

  private final double[] belief;

  NameRole(double... belief) {
    this.belief = belief;
  }

  /** What is believed of the m probabilities of {@link WordLevels} before there is data. */
  double[] belief() {
    return belief;
  }

  /** A record's words and the role of each. */
  record Words(String[] words, byte[] roles) {}

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Which of father and son a name says it is; empty when it does not. The first is the senior, the
   * second the junior; an I counts where it ends a name.
   */
  static String generation(String name) {
    String[] words = Text.words(name).split(" ");
    for (int i = 0; i < words.length; i++) {
      if (GENERATIONS.contains(words[i]) || isFirst(words, i)) {
        return SAME.getOrDefault(words[i], words[i]);
      }
    }
    return "";
  }

  private static boolean isFirst(String[] words, int at) {
    return at > 0 && at == words.length - 1 && words[at].equals("i");
  }

  /**
   * The words of one name. A column of its own tells a word's role better than its place in a full
   * name does.
   *
   * @param columns kind and value of each column, in any order
   */
  static Words words(List<Part> columns) {
    List<String> words = new ArrayList<>();
    List<NameRole> roles = new ArrayList<>();
    columns.stream()
        .sorted(Comparator.comparing(part -> part.kind() == AttributeKind.FULL_NAME))
        .forEach(part -> add(part, words, roles));
    byte[] ordinals = new byte[roles.size()];
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = (byte) roles.get(i).ordinal();
    }
    return new Words(words.toArray(String[]::new), ordinals);
  }

  /**
   * One column of a name.
   *
   * @param familyFirst whether a full name without a comma begins with the family's
   */
  record Part(AttributeKind kind, String value, boolean familyFirst) {}

  private static void add(Part part, List<String> words, List<NameRole> roles) {
    String value = part.value();
    int comma = value.indexOf(',');
    boolean full =
        part.kind() == AttributeKind.FULL_NAME || part.kind() == AttributeKind.NAME_AND_ADDRESS;
    if (full && comma > 0 && value.indexOf(' ') > comma) {
      String family = value.substring(0, comma);
      String given = value.substring(comma + 1);
      value = part.familyFirst() ? family + " " + given : given + " " + family;
    }
    String text = Text.words(value);
    if (text.isEmpty()) {
      return;
    }
    String[] found = text.split(" ");
    for (int i = 0; i < found.length; i++) {
      if (!words.contains(found[i])) {
        words.add(found[i]);
        boolean title = TITLES.contains(found[i]) || isFirst(found, i);
        roles.add(title ? TITLE : role(part, i, found.length));
      }
    }
  }

  private static NameRole role(Part part, int at, int length) {
    return switch (part.kind()) {
      case GIVEN_NAME -> GIVEN;
      case FAMILY_NAME -> FAMILY;
      case MIDDLE_NAME -> MIDDLE;
      default -> part.familyFirst() ? inverted(at) : straight(at, length);
    };
  }

  private static NameRole straight(int at, int length) {
    return at == 0 ? GIVEN : at == length - 1 ? FAMILY : MIDDLE;
  }

  private static NameRole inverted(int at) {
    return at == 0 ? FAMILY : at == 1 ? GIVEN : MIDDLE;
  }
}
