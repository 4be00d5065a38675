package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.identity.IdentityConfig;
import dev.tributary.pipelines.identity.IdentityJob;
import dev.tributary.pipelines.identity.IdentityQueries;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Resolves the shop's people and holds the profiles against the truth: of all pairs of identifiers
 * in one profile the share that is of one person (precision), and of all pairs of one person's
 * known identifiers the share that is in one profile (recall).
 */
record ShopIdentities(DemoSession session, Shop shop, DemoReport report) {
  private static final double LEAST_PRECISION = 0.99;

  void tell() throws Exception {
    SparkSession spark = session.spark();
    String lake = session.home().lake().toString();
    new IdentityJob()
        .run(
            JobContext.of(lake, spark),
            ConfigBinder.bind(IdentityConfig.class, "rules=" + session.home().identityRules()));
    Map<String, Integer> owners = owners();
    Map<String, Map<Integer, Long>> profiles = new HashMap<>();
    Map<Integer, List<String>> known = new HashMap<>();
    Map<String, List<String>> members = new TreeMap<>();
    for (Row row :
        spark
            .sql(
                "SELECT identifier_type, identifier_value, profile_id FROM identity.links"
                    + " WHERE valid_to IS NULL")
            .collectAsList()) {
      String identifier = row.getString(0) + ":" + row.getString(1);
      Integer owner = owners.get(row.getString(1).toLowerCase(Locale.ROOT));
      if (owner != null) {
        profiles
            .computeIfAbsent(row.getString(2), id -> new HashMap<>())
            .merge(owner, 1L, Long::sum);
        known.computeIfAbsent(owner, person -> new ArrayList<>()).add(identifier);
        members.computeIfAbsent(row.getString(2), id -> new ArrayList<>()).add(identifier);
      }
    }
    report(profiles, known);
    explain(spark, lake, members.values());
  }

  /** Each value that identifies somebody, and whom. */
  private Map<String, Integer> owners() {
    Map<String, Integer> owners = new HashMap<>();
    shop.people()
        .forEach(
            person -> {
              List<String> values = new ArrayList<>(person.emails());
              values.addAll(person.userIds());
              person.devices().forEach(device -> values.add(device.anonymousId()));
              values.add(person.phone());
              values.add(person.cardToken());
              values.add(person.contactId());
              values.add("L" + (1_000_000 + person.number()));
              values.forEach(value -> owners.put(value.toLowerCase(Locale.ROOT), person.number()));
            });
    return owners;
  }

  private void report(Map<String, Map<Integer, Long>> profiles, Map<Integer, List<String>> known) {
    long together = 0;
    long right = 0;
    for (Map<Integer, Long> owners : profiles.values()) {
      together += pairs(owners.values().stream().mapToLong(Long::longValue).sum());
      right += owners.values().stream().mapToLong(ShopIdentities::pairs).sum();
    }
    long wanted = known.values().stream().mapToLong(all -> pairs(all.size())).sum();
    double precision = together == 0 ? 1 : (double) right / together;
    double recall = wanted == 0 ? 1 : (double) right / wanted;
    report.heading("Who is who: identifiers became profiles");
    report.line(
        String.format(
            Locale.ROOT,
            "  %,d persons, %,d profiles; of all pairs joined %.2f %% are of one person (precision),"
                + " of all pairs of one person %.2f %% are joined (recall)",
            known.size(),
            profiles.size(),
            100 * precision,
            100 * recall));
    report.fact("identity_profiles", profiles.size());
    report.fact("identity_persons", known.size());
    report.fact("identity_precision", precision);
    report.fact("identity_recall", recall);
    report.fact("identity_precision_holds", precision >= LEAST_PRECISION);
  }

  private static long pairs(long count) {
    return count * (count - 1) / 2;
  }

  /** The profile of most identifiers: why the first and the last of them are one. */
  private void explain(SparkSession spark, String lake, Collection<List<String>> profiles)
      throws java.io.IOException {
    List<String> most =
        profiles.stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
    if (most.size() < 2) {
      return;
    }
    List<String> sorted = most.stream().sorted().toList();
    String one = sorted.get(0);
    String other = sorted.get(sorted.size() - 1);
    report.heading(
        "./tributary --lake "
            + session.home().shownLake()
            + " identity explain "
            + one
            + " "
            + other);
    IdentityQueries queries =
        new IdentityQueries(spark, lake, Optional.of(session.home().identityRules()));
    queries.explain(one, other).words().lines().forEach(line -> report.line("  " + line));
  }
}
