package dev.tributary.pipelines.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Progress on standard error: a bar drawn over itself on a terminal, else a line now and then. */
public final class TerminalProgress implements Progress {
  private static final int BAR_WIDTH = 28;
  private static final String ERASE_LINE = "\r\u001b[2K";
  private static final Duration REDRAW = Duration.ofMillis(150);
  private static final Duration LINE = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private String task = "";
  private boolean barShown;
  private long taskStartNanos;
  private long lastNanos;
  private Supplier<String> lastText = () -> "";

  /** Writes to {@code out}; {@code terminal} says whether a line can be drawn over. */
  public TerminalProgress(PrintStream out, boolean terminal) {
    this(out, terminal, System::nanoTime);
  }

  TerminalProgress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void update(String name, long done, long total, String note) {
    long now = nanoTime.getAsLong();
    boolean fresh = !name.equals(task);
    if (fresh) {
      end();
      task = name;
      taskStartNanos = now;
    }
    lastText = () -> text(name, done, total, note, now);
    boolean complete = total > 0 && done >= total;
    if (fresh || complete || now - lastNanos >= (terminal ? REDRAW : LINE).toNanos()) {
      lastNanos = now;
      show(lastText.get());
    }
  }

  @Override
  public synchronized void say(String line) {
    if (barShown) {
      out.print(ERASE_LINE);
    }
    out.println(line);
    if (barShown) {
      out.print(lastText.get());
    }
    out.flush();
  }

  @Override
  public synchronized void end() {
    if (barShown) {
      out.println(ERASE_LINE + lastText.get());
      out.flush();
    }
    barShown = false;
    task = "";
    lastText = () -> "";
  }

  private void show(String text) {
    if (terminal) {
      out.print(ERASE_LINE + text);
      barShown = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  private String text(String name, long done, long total, String note, long now) {
    String elapsed = String.format(Locale.ROOT, "%.0f s", (now - taskStartNanos) / 1e9);
    String suffix = note.isBlank() ? elapsed : note + " · " + elapsed;
    if (total <= 0) {
      return String.format(Locale.ROOT, "%s %,d · %s", name, done, suffix);
    }
    double share = Math.min(1.0, Math.max(0.0, (double) done / total));
    String bar = terminal ? " " + bar(share) : "";
    return String.format(
        Locale.ROOT, "%s%s %3.0f%% %,d of %,d · %s", name, bar, share * 100, done, total, suffix);
  }

  private static String bar(double share) {
    int full = (int) Math.round(share * BAR_WIDTH);
    return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  }
}
