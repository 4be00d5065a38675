package dev.tributary.pipelines.bench;

import dev.tributary.pipelines.identity.matching.LinkConfig;
import dev.tributary.pipelines.identity.matching.Linkage;
import dev.tributary.pipelines.identity.matching.Linker;
import dev.tributary.pipelines.identity.matching.RecordSet;
import dev.tributary.pipelines.job.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the probabilistic linker costs for a million candidate pairs: the whole of it, blocking,
 * learning, scoring and clustering, on made-up persons with one to four records each, of which most
 * copies have a value misspelt or missing.
 *
 * @param records about how many
 */
record LinkingBench(int records) {
  private static final List<String> COLUMNS =
      List.of("first_name", "surname", "dob", "city", "email");
  private static final String[] SYLLABLES =
      "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo".split(" ");
  private static final int MOST_RECORDS_EACH = 4;
  private static final int WARM_UP = 10;
  private static final long SEED = 17;

  /** Links a tenth of them, then all; the figures are of the second. */
  Map<String, Object> run(Progress progress) {
    progress.say("linking %,d records".formatted(records));
    link(new Random(SEED + 1), records / WARM_UP);
    double cpu = BenchMachine.cpuSeconds();
    long started = System.nanoTime();
    Linkage linkage = link(new Random(SEED), records);
    double seconds = (System.nanoTime() - started) / 1e9;
    cpu = BenchMachine.cpuSeconds() - cpu;
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("records", linkage.records().size());
    report.put("pairs", linkage.candidatePairs());
    report.put("seconds", Figures.round(seconds, 2));
    report.put("cpu_seconds", Figures.round(cpu, 2));
    report.put(
        "cpu_seconds_per_million_pairs", Figures.round(cpu * 1e6 / linkage.candidatePairs(), 2));
    return report;
  }

  private static Linkage link(Random random, int records) {
    RecordSet.Builder builder = new RecordSet.Builder(COLUMNS);
    for (int made = 0; made < records; ) {
      String[] person = person(random);
      int copies = 1 + random.nextInt(MOST_RECORDS_EACH);
      for (int i = 0; i < copies; i++) {
        String[] values = i == 0 ? person : changed(person, random);
        builder.add("people", "r" + made++, values);
      }
    }
    return Linker.link(builder.build(), LinkConfig.inferred(), said -> {});
  }

  private static String[] person(Random random) {
    String day =
        "%d-%02d-%02d"
            .formatted(1930 + random.nextInt(80), 1 + random.nextInt(12), 1 + random.nextInt(28));
    return new String[] {
      word(random, 2),
      word(random, 3),
      day,
      "city " + random.nextInt(400),
      word(random, 4) + "@example.com"
    };
  }

  private static String word(Random random, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return word.toString();
  }

  private static String[] changed(String[] values, Random random) {
    String[] other = values.clone();
    int column = random.nextInt(other.length + 2);
    if (column < other.length) {
      String value = other[column];
      int at = random.nextInt(value.length() - 1);
      other[column] = random.nextBoolean() ? "" : value.substring(0, at) + value.substring(at + 1);
    }
    return other;
  }
}
