package dev.tributary.pipelines.identity.graph;

import java.util.List;

/** Names that may end in {@code *} for "whatever follows". */
final class Glob {
  private Glob() {}

  static boolean matches(String glob, String name) {
    return glob.endsWith("*")
        ? name.startsWith(glob.substring(0, glob.length() - 1))
        : glob.equals(name);
  }

  static boolean anyMatches(List<String> globs, String name) {
    return globs.stream().anyMatch(glob -> matches(glob, name));
  }
}
