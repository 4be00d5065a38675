package dev.tributary.pipelines.identity.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that two data holders share to make their encodings comparable: 256 random bits in a
 * file of mode 0600. Never printed: {@link #toString} and every error show the fingerprint only.
 */
public final class LinkageKey {
  private static final String PREFIX = "tributary-linkage-key-1:";
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final SecretKeySpec secret;

  private LinkageKey(byte[] bytes) {
    this.secret = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** A new key from the system's secure random source. */
  public static LinkageKey generate() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new LinkageKey(bytes);
  }

  /** A key that follows from the text; for tests, where runs must repeat. */
  static LinkageKey of(String text) {
    byte[] zero = new byte[BYTES];
    return new LinkageKey(new LinkageKey(zero).derive(text));
  }

  /** Writes the key to a new file that only its owner can read; never replaces a file. */
  public void write(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
      FileAttribute<?>[] mode =
          posix
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
              : new FileAttribute<?>[0];
      Files.createFile(file, mode);
      Files.writeString(
          file,
          PREFIX + Base64.getEncoder().encodeToString(secret.getEncoded()) + "\n",
          StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw PrivacyErrors.keyExists(file);
    } catch (IOException e) {
      throw PrivacyErrors.unwritable(file, e);
    }
  }

  /** Reads a key; refuses a file that others can read. */
  public static LinkageKey read(Path file) {
    String text = PrivacyFiles.text(file);
    refuseOpen(file);
    if (!text.startsWith(PREFIX)) {
      throw PrivacyErrors.notAKey(file);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()).strip());
      if (bytes.length != BYTES) {
        throw PrivacyErrors.notAKey(file);
      }
      return new LinkageKey(bytes);
    } catch (IllegalArgumentException e) {
      // The decoder's message would quote a character of the key.
      throw PrivacyErrors.notAKey(file);
    }
  }

  private static void refuseOpen(Path file) {
    try {
      if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
        return;
      }
      Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
      mode.addAll(Files.getPosixFilePermissions(file));
      mode.removeAll(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
      if (!mode.isEmpty()) {
        throw PrivacyErrors.keyIsOpen(
            file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    } catch (IOException e) {
      throw PrivacyErrors.unreadable(file, e);
    }
  }

  /** What may be shown of the key: 64 bits of a one-way function of it, as 16 hex digits. */
  public String fingerprint() {
    return HexFormat.of().formatHex(derive("fingerprint"), 0, 8);
  }

  /** A key of 32 bytes for one purpose; keys of different purposes tell nothing of each other. */
  byte[] derive(String purpose) {
    return mac(secret.getEncoded())
        .doFinal(("tributary/" + purpose).getBytes(StandardCharsets.UTF_8));
  }

  /** HMAC-SHA-256 (RFC 2104) with this key. */
  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "LinkageKey[" + fingerprint() + "]";
  }
}
