package dev.tributary.predictor.service.http;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The bearer token (RFC 6750) that callers must show; kept as its hash only. */
final class Token {
  private static final int BYTES = 32;
  private static final int FEWEST_CHARACTERS = 16;
  private static final String SCHEME = "Bearer ";

  private final byte[] hash;

  private Token(String secret) {
    this.hash = sha256(secret);
  }

  /** The token in a file that the user made. */
  static Token read(Path file) {
    try {
      String secret = Files.readString(file).strip();
      if (secret.length() < FEWEST_CHARACTERS
          || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw PredictorException.usage(
            "The token in " + file + " is not usable",
            "It has %d characters".formatted(secret.length()),
            "write one line of %d or more printable ASCII characters without spaces, e.g. by 'openssl rand -hex 32'"
                .formatted(FEWEST_CHARACTERS));
      }
      return new Token(secret);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The token file " + file + " cannot be read",
          e.toString(),
          "name a readable file, or leave out --token-file to have one made",
          e);
    }
  }

  /** The token in a file, which is made with a random token, for its owner only, if missing. */
  static Token readOrMake(Path file) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "token", "", ownerOnly);
      try {
        Files.writeString(fresh, secret, StandardOpenOption.WRITE);
        // A link appears whole or not at all, and never over a token that is there.
        Files.createLink(file, fresh);
      } catch (FileAlreadyExistsException kept) {
        return read(file);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return read(file);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The token file " + file + " cannot be made",
          e.toString(),
          "make its directory writable, or name a file by --token-file",
          e);
    }
  }

  /** Whether an Authorization header shows this token; takes the same time wherever they differ. */
  boolean isIn(String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    return MessageDigest.isEqual(hash, sha256(header.substring(SCHEME.length()).strip()));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
