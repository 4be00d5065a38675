package dev.tributary.pipelines.identity.privacy;

/** American Soundex (Russell 1918; US National Archives) of the first word of a value. */
final class Soundex {
  private static final String CODES = "01230120022455012623010202";

  private Soundex() {}

  /** A letter and three digits; a first word without latin letters stands for itself. */
  static String of(String value) {
    String word = value.split(" ", 2)[0];
    StringBuilder code = new StringBuilder(4);
    char last = '0';
    for (int i = 0; i < word.length() && code.length() < 4; i++) {
      char letter = word.charAt(i);
      if (letter < 'a' || letter > 'z') {
        continue;
      }
      char digit = CODES.charAt(letter - 'a');
      if (code.length() == 0) {
        code.append(letter);
      } else if (digit != '0' && digit != last) {
        code.append(digit);
      }
      if (letter != 'h' && letter != 'w') {
        last = digit;
      }
    }
    if (code.length() == 0) {
      return word;
    }
    while (code.length() < 4) {
      code.append('0');
    }
    return code.toString();
  }
}
