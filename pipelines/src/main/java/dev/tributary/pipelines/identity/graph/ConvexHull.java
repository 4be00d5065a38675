package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The convex hull of points: A. M. Andrew's monotone chain (1979). */
final class ConvexHull {
  private ConvexHull() {}

  static List<double[]> of(List<Integer> nodes, ForceLayout layout) {
    List<double[]> points = new ArrayList<>();
    nodes.forEach(node -> points.add(new double[] {layout.x[node], layout.y[node]}));
    points.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
    if (points.size() < 3) {
      return points;
    }
    List<double[]> hull = new ArrayList<>();
    half(points, hull, 0);
    List<double[]> backwards = new ArrayList<>(points);
    Collections.reverse(backwards);
    half(backwards, hull, hull.size() - 1);
    hull.remove(hull.size() - 1);
    return hull;
  }

  private static void half(List<double[]> points, List<double[]> hull, int base) {
    for (double[] point : points) {
      int size = hull.size();
      while (size >= base + 2 && turn(hull.get(size - 2), hull.get(size - 1), point) <= 0) {
        hull.remove(--size);
      }
      if (size == 0 || hull.get(size - 1) != point) {
        hull.add(point);
      }
    }
  }

  private static double turn(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }
}
