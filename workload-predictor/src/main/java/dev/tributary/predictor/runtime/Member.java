package dev.tributary.predictor.runtime;

import dev.tributary.predictor.runtime.GaussianProcess.LogNormal;

/** One model of an ensemble. */
interface Member {
  /** The distribution of one new run. */
  LogNormal predict(double[] row);

  /** What it would have said of some of its own rows without them; null if that cannot be told. */
  LogNormal[] withoutBlock(int[] block);
}
