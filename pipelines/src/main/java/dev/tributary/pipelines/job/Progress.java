package dev.tributary.pipelines.job;

/**
 * How far a job is, for a person who watches standard error: a bar when that is a terminal, a line
 * every few seconds otherwise. Thread-safe; calls are cheap and may be as frequent as they come.
 */
public interface Progress {

  /**
   * Shows how much of a task is done.
   *
   * @param task what is being done, e.g. {@code "landing"}; a new name ends the bar before it
   * @param done how many of {@code total}
   * @param total zero or less when unknown
   * @param note anything else worth seeing, e.g. {@code "61,000 events/s"}; may be empty
   */
  void update(String task, long done, long total, String note);

  /** Prints one line that stays. */
  void say(String line);

  /** Ends the bar on show, if any. */
  void end();

  /** Shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void update(String task, long done, long total, String note) {}

      @Override
      public void say(String line) {}

      @Override
      public void end() {}
    };
  }
}
