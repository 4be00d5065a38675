package dev.tributary.pipelines.identity.matching;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Given names and what their bearers are called; {@code nicknames.txt}, a group a line. */
final class Nicknames {
  private static final Map<String, BitSet> GROUPS = read();
  private static final List<String> ENDINGS = List.of("ie", "ey", "y");
  private static final int SHORTEST = 3;

  private Nicknames() {}

  /** Whether the two stand in one group. */
  static boolean related(String left, String right) {
    BitSet groups = groups(left);
    BitSet others = groups == null ? null : groups(right);
    return others != null && groups.intersects(others);
  }

  /** Whether it stands in the list. */
  static boolean known(String name) {
    return GROUPS.containsKey(name);
  }

  /** Pet names are spelt with y, ey or ie as one likes. */
  private static BitSet groups(String name) {
    BitSet groups = GROUPS.get(name);
    String stem = groups == null && name.length() > SHORTEST ? stem(name) : null;
    for (int i = 0; stem != null && groups == null && i < ENDINGS.size(); i++) {
      groups = GROUPS.get(stem + ENDINGS.get(i));
    }
    return groups;
  }

  private static String stem(String name) {
    for (String ending : ENDINGS) {
      if (name.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return null;
  }

  private static Map<String, BitSet> read() {
    Map<String, BitSet> groups = new HashMap<>();
    try (InputStream in = Nicknames.class.getResourceAsStream("nicknames.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        for (String name : line.strip().split("\\s+")) {
          if (!name.isEmpty()) {
            groups.computeIfAbsent(name, added -> new BitSet()).set(number);
          }
        }
        number++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The list of nicknames cannot be read.", e);
    }
    return groups;
  }
}
