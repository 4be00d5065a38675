package dev.tributary.pipelines.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What load to make, and where.
 *
 * @param bootstrapServers {@code host:port} of the broker
 * @param topic an existing topic; its partitions are used as they are
 * @param seed of everything random
 * @param events deliveries in all, duplicates and broken ones included; ignored with phases
 * @param day the day of most events; ignored with phases, whose events are of their moment
 * @param phases a schedule that is kept whatever the broker does (open loop); empty for as fast as
 *     it goes
 */
public record LoadConfig(
    String bootstrapServers,
    String topic,
    long seed,
    long events,
    LocalDate day,
    List<LoadPhase> phases) {

  /** The day of the events where none is given. */
  public static final LocalDate DEFAULT_DAY = LocalDate.of(2026, 10, 15);

  public LoadConfig {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(day, "day");
    phases = List.copyOf(phases);
    if (events < 1 && phases.isEmpty()) {
      throw new IllegalArgumentException("events must be 1 or more, is " + events);
    }
  }

  /** So many deliveries as fast as it goes. */
  public static LoadConfig bulk(String bootstrapServers, String topic, long seed, long events) {
    return new LoadConfig(bootstrapServers, topic, seed, events, DEFAULT_DAY, List.of());
  }

  /** Deliveries to a schedule. */
  public static LoadConfig scheduled(
      String bootstrapServers, String topic, long seed, List<LoadPhase> phases) {
    long events = phases.stream().mapToLong(LoadPhase::events).sum();
    return new LoadConfig(bootstrapServers, topic, seed, events, DEFAULT_DAY, phases);
  }

  List<String> arguments() {
    return List.of(
        bootstrapServers,
        topic,
        Long.toString(seed),
        Long.toString(events),
        day.toString(),
        LoadPhase.format(phases));
  }

  static LoadConfig ofArguments(String[] arguments) {
    if (arguments.length != 6) {
      throw new IllegalArgumentException(
          "expected <bootstrap servers> <topic> <seed> <events> <day> <phases>, got "
              + String.join(" ", arguments));
    }
    return new LoadConfig(
        arguments[0],
        arguments[1],
        Long.parseLong(arguments[2]),
        Long.parseLong(arguments[3]),
        LocalDate.parse(arguments[4]),
        LoadPhase.parse(arguments[5]));
  }
}
