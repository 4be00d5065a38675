package dev.tributary.pipelines.identity.privacy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reading and writing of whole small files, with errors that name them. */
final class PrivacyFiles {
  private PrivacyFiles() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw PrivacyErrors.notUtf8(file);
    } catch (IOException e) {
      throw PrivacyErrors.unreadable(file, e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw PrivacyErrors.unwritable(file, e);
    }
  }
}
