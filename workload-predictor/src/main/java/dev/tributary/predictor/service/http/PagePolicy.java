package dev.tributary.predictor.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page's Content-Security-Policy: its one script and its one style by hash, nothing else. */
final class PagePolicy {
  private PagePolicy() {}

  /** Fills in the hashes of script and style. */
  static String of(String form) {
    try (InputStream in = PagePolicy.class.getResourceAsStream("page.html")) {
      String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return form.formatted(
          hash(between(page, "<script>", "</script>")), hash(between(page, "<style>", "</style>")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String between(String page, String open, String close) {
    int from = page.indexOf(open) + open.length();
    return page.substring(from, page.indexOf(close, from));
  }

  private static String hash(String inline) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
