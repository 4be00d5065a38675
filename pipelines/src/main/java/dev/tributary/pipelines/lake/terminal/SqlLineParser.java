package dev.tributary.pipelines.lake.terminal;

import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** A line is whole when its last statement is closed by a semicolon, or is a command. */
final class SqlLineParser extends DefaultParser {
  private static final String APART = "(),;=<>+*/|";

  SqlLineParser() {
    setQuoteChars(new char[0]);
    setEscapeChars(new char[0]);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
      throw new EOFError(-1, -1, "The statement has no semicolon yet");
    }
    return super.parse(line, cursor, context);
  }

  static boolean isWhole(String line) {
    if (isCommand(line)) {
      return true;
    }
    List<Statement> statements = Statement.split(line);
    return statements.isEmpty() ? line.isBlank() : statements.get(statements.size() - 1).closed();
  }

  /** {@code \d} and its like; {@code quit}, {@code exit} and {@code help} as people type them. */
  static boolean isCommand(String line) {
    return line.stripLeading().startsWith("\\")
        || line.strip().matches("(?i)(quit|exit|help)\\s*;?");
  }

  @Override
  public boolean isDelimiterChar(CharSequence buffer, int at) {
    char c = buffer.charAt(at);
    return Character.isWhitespace(c) || APART.indexOf(c) >= 0;
  }
}
