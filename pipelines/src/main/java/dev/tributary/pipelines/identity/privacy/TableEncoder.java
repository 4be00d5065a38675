package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.privacy.EncodedTable.EncodedRecord;
import dev.tributary.pipelines.identity.privacy.EncodedTable.FieldStatistics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Encodes a table with a key: what leaves the party. */
final class TableEncoder {
  /** Records that one thread encodes at a time. */
  private static final int CHUNK = 1_000;

  private static final int SAMPLED_RECORDS = 2_000;
  private static final int SAMPLED_PAIRS = 100_000;

  private final LinkageKey key;
  private final EncodingConfig config;
  private final List<BlockingPass> passes;
  private final List<FieldEncoder> encoders = new ArrayList<>();
  private final List<Mac> blockMacs = new ArrayList<>();
  private final Mac saltMac;
  private final Mac noiseMac;

  TableEncoder(LinkageKey key, EncodingConfig config) {
    this.key = key;
    this.config = config;
    this.passes = config.passes();
    for (Field field : config.fields()) {
      encoders.add(new FieldEncoder(key, field.name(), config.hardening()));
    }
    for (BlockingPass pass : passes) {
      blockMacs.add(LinkageKey.mac(key.derive("block/" + pass)));
    }
    this.saltMac = LinkageKey.mac(key.derive("salt"));
    this.noiseMac = LinkageKey.mac(key.derive("noise"));
  }

  /**
   * @param name what results call this table
   */
  EncodedTable encode(CsvTable table, String name) {
    List<String[]> normal = normal(table);
    List<String> ids = ids(table);
    List<Map<String, Integer>> counts = keyCounts(normal);
    List<EncodedRecord> records =
        IntStream.rangeClosed(0, (normal.size() - 1) / CHUNK)
            .parallel()
            .mapToObj(chunk -> new TableEncoder(key, config).chunk(chunk, ids, normal, counts))
            .flatMap(List::stream)
            .toList();
    return new EncodedTable(
        name, key.fingerprint(), settings(), config.hardening(), statistics(normal), records);
  }

  private List<EncodedRecord> chunk(
      int chunk, List<String> ids, List<String[]> normal, List<Map<String, Integer>> counts) {
    List<EncodedRecord> records = new ArrayList<>();
    for (int i = chunk * CHUNK; i < Math.min(normal.size(), (chunk + 1) * CHUNK); i++) {
      records.add(record(ids.get(i), normal.get(i), counts));
    }
    return records;
  }

  /** What must be equal in two tables to be linked. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> fields =
        config.fields().stream().map(f -> f.name() + ":" + f.kind().label()).toList();
    settings.put("fields", String.join(", ", fields));
    settings.put("blocking", String.join(", ", config.blocking()));
    settings.put("hardening", config.hardening().toString());
    return settings;
  }

  private List<String[]> normal(CsvTable table) {
    int[] columns =
        config.fields().stream().mapToInt(field -> table.index(field.column())).toArray();
    List<String[]> normal = new ArrayList<>(table.rows().size());
    for (String[] row : table.rows()) {
      String[] values = new String[columns.length];
      for (int i = 0; i < columns.length; i++) {
        values[i] = Values.normal(config.fields().get(i).kind(), row[columns[i]]);
      }
      normal.add(values);
    }
    return normal;
  }

  private List<String> ids(CsvTable table) {
    List<String> ids = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < table.rows().size(); row++) {
      String id =
          config.id().isEmpty()
              ? Integer.toString(row + 1)
              : table.rows().get(row)[table.index(config.id().get())];
      if (!seen.add(id)) {
        throw PrivacyErrors.duplicateId(table.file(), config.id().orElse(""), id);
      }
      ids.add(id);
    }
    return ids;
  }

  /** For each pass how many records hold each key. */
  private List<Map<String, Integer>> keyCounts(List<String[]> normal) {
    List<Map<String, Integer>> counts = new ArrayList<>();
    for (BlockingPass pass : passes) {
      Map<String, Integer> count = new HashMap<>();
      for (String[] values : normal) {
        pass.key(config.fields(), values).ifPresent(k -> count.merge(k, 1, Integer::sum));
      }
      counts.add(count);
    }
    return counts;
  }

  private EncodedRecord record(String id, String[] values, List<Map<String, Integer>> counts) {
    int perKey = encoders.size() * config.hardening().words();
    byte[] held = new byte[passes.size()];
    long[] blocks = new long[passes.size()];
    List<long[]> encodings = new ArrayList<>();
    byte[][] names = names(values);
    SplittableRandom noise = noise(id);
    int n = 0;
    for (int p = 0; p < passes.size(); p++) {
      Optional<String> blockingKey = passes.get(p).key(config.fields(), values);
      if (blockingKey.isEmpty() || counts.get(p).get(blockingKey.get()) > config.maxBlock()) {
        continue;
      }
      byte[] text = blockingKey.get().getBytes(StandardCharsets.UTF_8);
      held[n] = (byte) p;
      blocks[n++] = ByteBuffer.wrap(blockMacs.get(p).doFinal(text)).getLong();
      if (config.hardening().salted()) {
        encodings.add(encodings(names, FieldEncoder.salted(saltMac.doFinal(join(p, text))), noise));
      }
    }
    if (!config.hardening().salted()) {
      encodings.add(encodings(names, FieldEncoder.salted(saltMac.doFinal(new byte[0])), noise));
    }
    long[] words = new long[encodings.size() * perKey];
    for (int i = 0; i < encodings.size(); i++) {
      System.arraycopy(encodings.get(i), 0, words, i * perKey, perKey);
    }
    return new EncodedRecord(
        id, present(values), Arrays.copyOf(held, n), Arrays.copyOf(blocks, n), words);
  }

  /** Flips are a record's own, and the same whenever it is encoded, so that none average out. */
  private SplittableRandom noise(String id) {
    byte[] own = noiseMac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    return new SplittableRandom(ByteBuffer.wrap(own).getLong());
  }

  private static byte[] join(int pass, byte[] text) {
    byte[] joined = new byte[text.length + 1];
    joined[0] = (byte) pass;
    System.arraycopy(text, 0, joined, 1, text.length);
    return joined;
  }

  private static long present(String[] values) {
    long present = 0;
    for (int i = 0; i < values.length; i++) {
      present |= values[i].isEmpty() ? 0 : 1L << i;
    }
    return present;
  }

  /** Names of the tokens of each value; empty where a value is missing. */
  private byte[][] names(String[] values) {
    byte[][] names = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      List<String> tokens =
          values[i].isEmpty() ? List.of() : Values.tokens(config.fields().get(i).kind(), values[i]);
      names[i] = encoders.get(i).names(tokens);
    }
    return names;
  }

  private long[] encodings(byte[][] names, Cipher salt, SplittableRandom noise) {
    int width = config.hardening().words();
    long[] words = new long[names.length * width];
    for (int i = 0; i < names.length; i++) {
      if (names[i].length > 0) {
        System.arraycopy(encoders.get(i).encode(names[i], salt, noise), 0, words, i * width, width);
      }
    }
    return words;
  }

  private List<FieldStatistics> statistics(List<String[]> normal) {
    List<String[]> sample = sample(normal);
    Cipher common = FieldEncoder.salted(saltMac.doFinal(new byte[] {(byte) 0xff}));
    List<long[]> encoded =
        sample.stream().map(values -> encodings(names(values), common, noise(""))).toList();
    List<FieldStatistics> statistics = new ArrayList<>();
    for (int field = 0; field < encoders.size(); field++) {
      int f = field;
      Map<String, Long> counts = new HashMap<>();
      normal.stream()
          .map(values -> values[f])
          .filter(value -> !value.isEmpty())
          .forEach(value -> counts.merge(value, 1L, Long::sum));
      statistics.add(
          new FieldStatistics(
              config.fields().get(f).name(),
              counts.values().stream().mapToLong(Long::longValue).sum(),
              counts.values().stream().mapToLong(n -> n * (n - 1) / 2).sum(),
              distances(sample, encoded, f)));
    }
    return statistics;
  }

  private static List<String[]> sample(List<String[]> normal) {
    SplittableRandom random = new SplittableRandom(9);
    List<String[]> sample = new ArrayList<>();
    for (int i = 0; i < normal.size(); i++) {
      if (sample.size() < SAMPLED_RECORDS) {
        sample.add(normal.get(i));
      } else {
        int at = random.nextInt(i + 1);
        if (at < SAMPLED_RECORDS) {
          sample.set(at, normal.get(i));
        }
      }
    }
    return sample;
  }

  private long[] distances(List<String[]> sample, List<long[]> encoded, int field) {
    long[] bins = new long[FieldStatistics.BINS];
    SplittableRandom random = new SplittableRandom(field);
    int width = config.hardening().words();
    int at = field * width;
    for (int i = 0; i < SAMPLED_PAIRS && sample.size() > 1; i++) {
      int left = random.nextInt(sample.size());
      int right = random.nextInt(sample.size());
      String a = sample.get(left)[field];
      String b = sample.get(right)[field];
      if (left != right && !a.isEmpty() && !b.isEmpty() && !a.equals(b)) {
        int distance = FieldEncoder.distance(encoded.get(left), at, encoded.get(right), at, width);
        bins[FieldStatistics.bin(distance, 64 * width)]++;
      }
    }
    return bins;
  }
}
