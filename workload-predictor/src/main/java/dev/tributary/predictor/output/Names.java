package dev.tributary.predictor.output;

import java.util.Locale;

/** Names as the platforms allow them. */
final class Names {
  private static final int LONGEST = 50;

  private Names() {}

  /** A DNS label of the job's name: a letter first, then letters, digits and hyphens. */
  static String dns(String job) {
    String name = job.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    name = name.replaceAll("^[^a-z]+", "");
    name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    name = name.replaceAll("-+$", "");
    return name.isEmpty() ? "job" : name;
  }
}
