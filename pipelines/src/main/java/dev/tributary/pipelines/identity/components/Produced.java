package dev.tributary.pipelines.identity.components;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** What a task makes bit by bit, as it is asked for; no more than a step's output is held. */
abstract class Produced<T> implements Iterator<T> {
  private final Queue<T> ready = new ArrayDeque<>();
  private boolean ended;

  /**
   * Does one step.
   *
   * @param ready where its output goes, of any number
   * @return whether there may be another step
   */
  abstract boolean step(Queue<T> ready);

  @Override
  public final boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      ended = !step(ready);
    }
    return !ready.isEmpty();
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
