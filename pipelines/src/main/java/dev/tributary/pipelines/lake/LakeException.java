package dev.tributary.pipelines.lake;

/** The lake cannot be used as asked; the message says what is wrong, why, and what to do. */
public final class LakeException extends RuntimeException {
  LakeException(String message) {
    super(message);
  }

  LakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
