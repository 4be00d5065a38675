package dev.tributary.pipelines.identity.components;

/** An edge of a test's graph. */
record Edge(long src, long dst) {
  Edge turned() {
    return new Edge(dst, src);
  }
}
