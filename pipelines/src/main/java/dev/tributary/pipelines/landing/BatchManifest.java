package dev.tributary.pipelines.landing;

import java.util.List;
import java.util.Objects;

/**
 * The decision about one batch, written before anything of it is committed: which files go into
 * which table. Whoever finds it can finish the batch, and the outcome is the same.
 *
 * @param application the stream's identity: Delta's application id of every commit
 * @param batch the stream's batch number: Delta's transaction version
 * @param landedAtMicros the batch's time
 * @param registryFingerprint the schemas that were in force
 * @param files all files of all tables, the ledger's among them
 */
record BatchManifest(
    String application,
    long batch,
    long landedAtMicros,
    String registryFingerprint,
    List<WrittenFile> files) {
  BatchManifest {
    Objects.requireNonNull(application);
    files = List.copyOf(files);
  }
}
