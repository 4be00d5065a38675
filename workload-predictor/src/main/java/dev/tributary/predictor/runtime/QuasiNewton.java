package dev.tributary.predictor.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by L-BFGS with a backtracking line search (Nocedal and Wright,
 * Numerical Optimization, 2nd ed., algorithms 7.4, 7.5 and 3.1).
 */
final class QuasiNewton {
  /** A function with its gradient. */
  interface Smooth {
    /** The value at a point; the gradient is written into the second argument. */
    double valueAt(double[] point, double[] gradient);
  }

  private record Step(double[] moved, double[] turned, double curvature) {}

  private static final int MEMORY = 8;
  private static final int HALVINGS = 15;
  private static final double SUFFICIENT = 1e-4;
  private static final double LONGEST_STEP = 2;

  private QuasiNewton() {}

  /** Where the search ends, after at most the given number of iterations. */
  static double[] minimise(Smooth function, double[] start, int iterations, double tolerance) {
    double[] point = start.clone();
    double[] gradient = new double[start.length];
    double value = function.valueAt(point, gradient);
    Deque<Step> steps = new ArrayDeque<>();
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] direction = direction(gradient, steps);
      double slope = SymmetricMatrix.dot(direction, gradient);
      if (!(slope < 0)) {
        steps.clear();
        direction = direction(gradient, steps);
        slope = SymmetricMatrix.dot(direction, gradient);
      }
      if (!(slope < -tolerance)) {
        break;
      }
      double length = Math.min(1, LONGEST_STEP / largest(direction));
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int halving = 0; halving < HALVINGS; halving++, length /= 2) {
        for (int i = 0; i < point.length; i++) {
          next[i] = point[i] + length * direction[i];
        }
        nextValue = function.valueAt(next, nextGradient);
        if (nextValue <= value + SUFFICIENT * length * slope) {
          break;
        }
      }
      if (!(nextValue < value)) {
        break;
      }
      remember(steps, difference(next, point), difference(nextGradient, gradient));
      double gain = value - nextValue;
      point = next;
      gradient = nextGradient;
      value = nextValue;
      if (gain < tolerance) {
        break;
      }
    }
    return point;
  }

  private static double[] direction(double[] gradient, Deque<Step> steps) {
    double[] direction = gradient.clone();
    double[] shares = new double[steps.size()];
    int index = 0;
    for (Iterator<Step> newest = steps.descendingIterator(); newest.hasNext(); index++) {
      Step step = newest.next();
      shares[index] = SymmetricMatrix.dot(step.moved(), direction) / step.curvature();
      add(direction, step.turned(), -shares[index]);
    }
    double scale =
        steps.isEmpty()
            ? 1 / Math.max(1, largest(gradient))
            : steps.getLast().curvature()
                / SymmetricMatrix.dot(steps.getLast().turned(), steps.getLast().turned());
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= scale;
    }
    for (Step step : steps) {
      index--;
      double back = SymmetricMatrix.dot(step.turned(), direction) / step.curvature();
      add(direction, step.moved(), shares[index] - back);
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] = -direction[i];
    }
    return direction;
  }

  private static void remember(Deque<Step> steps, double[] moved, double[] turned) {
    double curvature = SymmetricMatrix.dot(moved, turned);
    if (curvature > 1e-12) {
      steps.addLast(new Step(moved, turned, curvature));
      if (steps.size() > MEMORY) {
        steps.removeFirst();
      }
    }
  }

  private static void add(double[] target, double[] vector, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * vector[i];
    }
  }

  private static double[] difference(double[] left, double[] right) {
    double[] difference = left.clone();
    add(difference, right, -1);
    return difference;
  }

  private static double largest(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    return Math.max(largest, 1e-300);
  }
}
