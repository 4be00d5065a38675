package dev.tributary.pipelines.lake.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * One SQL statement of a script.
 *
 * @param text without the closing semicolon, trimmed, comments kept
 * @param line where in the script its text begins, counted from 1
 * @param closed whether a semicolon followed
 */
record Statement(String text, int line, boolean closed) {

  /**
   * Splits a script at semicolons that stand outside quotes ({@code '…'}, {@code "…"}, {@code
   * `…`}), {@code --} comments and nested bracketed comments. Statements of white space or comments
   * alone are left out.
   */
  static List<Statement> split(String script) {
    return new Splitter(script).split();
  }

  private static final class Splitter {
    private final String script;
    private final List<Statement> statements = new ArrayList<>();
    private int at;
    private int start;
    private boolean content;

    Splitter(String script) {
      this.script = script;
    }

    List<Statement> split() {
      while (at < script.length()) {
        char c = script.charAt(at);
        if (c == ';') {
          close(true);
        } else if (c == '\'' || c == '"' || c == '`') {
          content = true;
          skipQuoted(c);
        } else if (script.startsWith("--", at)) {
          int end = script.indexOf('\n', at);
          at = end < 0 ? script.length() : end;
        } else if (script.startsWith("/*", at)) {
          skipBracketed();
        } else {
          content |= !Character.isWhitespace(c);
          at++;
        }
      }
      close(false);
      return statements;
    }

    private void close(boolean closed) {
      if (content) {
        int first = start;
        while (Character.isWhitespace(script.charAt(first))) {
          first++;
        }
        int line = 1 + (int) script.substring(0, first).chars().filter(c -> c == '\n').count();
        statements.add(new Statement(script.substring(first, at).strip(), line, closed));
      }
      at++;
      start = at;
      content = false;
    }

    private void skipQuoted(char quote) {
      boolean escapes = quote != '`' && !isRaw();
      at++;
      while (at < script.length() && script.charAt(at) != quote) {
        at += escapes && script.charAt(at) == '\\' ? 2 : 1;
      }
      at = Math.min(at + 1, script.length());
    }

    /** {@code r'…'}: a backslash is a backslash. */
    private boolean isRaw() {
      return at > 0
          && Character.toLowerCase(script.charAt(at - 1)) == 'r'
          && (at == 1 || !Character.isJavaIdentifierPart(script.charAt(at - 2)));
    }

    private void skipBracketed() {
      int depth = 0;
      do {
        if (script.startsWith("/*", at)) {
          depth++;
          at += 2;
        } else if (script.startsWith("*/", at)) {
          depth--;
          at += 2;
        } else {
          at++;
        }
      } while (depth > 0 && at < script.length());
      at = Math.min(at, script.length());
    }
  }
}
