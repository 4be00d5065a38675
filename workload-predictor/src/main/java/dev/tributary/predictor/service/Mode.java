package dev.tributary.predictor.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a job follows its recommendations, from least to most. */
public enum Mode {
  /** Predictions are written and scored; the caller is told to change nothing. */
  SHADOW,
  /** The recommendation is for a person to act on. */
  SUGGEST,
  /** The caller runs the job on what is recommended. */
  AUTO_APPLY;

  /** The name in JSON and on the command line, e.g. {@code auto-apply}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The mode of that name. */
  static Optional<Mode> of(String text) {
    return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
  }
}
