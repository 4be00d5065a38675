package dev.tributary.pipelines.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a run that must not be seen, and the means to take them out of any text. */
final class Secrets {
  static final String HIDDEN = "***";

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "password|passwd|secret|token|sasl\\.jaas|credential|(api|access|private|account)[-._]?key",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s:]+:[^/@\\s]+(?=@)");
  private static final Pattern INNER_PASSWORD =
      Pattern.compile("password\\s*=\\s*[\"']([^\"']+)[\"']");
  private static final int SHORTEST_SCRUBBED = 4;

  private final List<String> values;

  private Secrets(List<String> values) {
    this.values =
        values.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  static Secrets none() {
    return new Secrets(List.of());
  }

  /** The secrets among the given settings, as the keys say. */
  static Secrets of(Settings settings, List<ConfigKey> keys) {
    List<String> values = new ArrayList<>();
    for (Setting setting : settings.all()) {
      boolean marked = keys.stream().anyMatch(key -> key.secret() && key.takes(setting.key()));
      if (marked || isSecretKey(setting.key())) {
        values.addAll(setting.items());
        Matcher inner = INNER_PASSWORD.matcher(setting.joined());
        while (inner.find()) {
          values.add(inner.group(1));
        }
      }
    }
    return new Secrets(values);
  }

  /** Whether the name alone says that the value is secret. */
  static boolean isSecretKey(String key) {
    return SECRET_KEY.matcher(key).find();
  }

  /** The text without any secret value and without the user part of URLs. */
  String scrub(String text) {
    if (text == null) {
      return null;
    }
    String scrubbed = text;
    for (String value : values) {
      if (value.length() >= SHORTEST_SCRUBBED) {
        scrubbed = scrubbed.replace(value, HIDDEN);
      }
    }
    return USER_INFO.matcher(scrubbed).replaceAll(Matcher.quoteReplacement(HIDDEN));
  }
}
