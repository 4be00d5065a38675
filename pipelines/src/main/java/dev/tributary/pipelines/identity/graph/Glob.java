package dev.tributary.pipelines.identity.graph;

import java.util.List;

/** Names that may end in {@code *} for "whatever follows". */
final class Glob {
  private Glob() {}

  static boolean matches(String glob, String name) {
    return glob.endsWith("*")
        ? name.regionMatches(0, glob, 0, glob.length() - 1)
        : glob.equals(name);
  }

  static boolean anyMatches(List<String> globs, String name) {
    for (String glob : globs) {
      if (matches(glob, name)) {
        return true;
      }
    }
    return false;
  }
}
