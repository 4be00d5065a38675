package dev.tributary.schemas.registry;

/** The registry cannot be read at all: the directory, not a schema in it, is at fault. */
public final class RegistryException extends RuntimeException {
  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
