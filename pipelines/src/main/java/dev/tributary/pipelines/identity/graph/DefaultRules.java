package dev.tributary.pipelines.identity.graph;

import java.util.List;

/**
 * Rules that leave ordinary people alone, with their two to six devices, logins and addresses, and
 * stop what no person is: a placeholder, a shared till, a component of everything.
 */
final class DefaultRules {
  private static final List<String> PLACEHOLDERS =
      List.of(
          "",
          "-",
          "0",
          "null",
          "nil",
          "none",
          "nan",
          "n/a",
          "na",
          "undefined",
          "unknown",
          "empty",
          "anonymous",
          "guest",
          "test",
          "[object object]",
          "true",
          "false");
  private static final String ONLY_ZEROS = "^[0\\-:]{4,}$";
  private static final String NOBODYS_MAILBOX =
      "^(?i)(no-?reply|do-?not-?reply|test|noemail|none|null|unknown|undefined|anonymous)@";
  private static final int LOGINS_OF_ONE_VALUE = 10;
  private static final int ANY_NEIGHBOURS = 2_000;
  private static final int LARGEST_PROFILE = 20_000;

  private DefaultRules() {}

  static GraphRules person() {
    return new GraphRules(
        GraphRules.PERSON,
        0.5,
        List.of("crm_key", "user_id", "email", "phone", "device_id", "anonymous_id"),
        List.of(
            Limit.ever("crm_key", 10),
            Limit.ever("user_id", 10),
            Limit.ever("email", 20),
            Limit.ever("phone", 20),
            Limit.ever(Limit.ANY, LARGEST_PROFILE)),
        placeholders(),
        List.of(
            new HubRule("email", "user_id", LOGINS_OF_ONE_VALUE),
            new HubRule("phone", "user_id", LOGINS_OF_ONE_VALUE),
            new HubRule("device_id", "user_id", LOGINS_OF_ONE_VALUE),
            new HubRule("anonymous_id", "user_id", LOGINS_OF_ONE_VALUE),
            new HubRule(Limit.ANY, Limit.ANY, ANY_NEIGHBOURS)),
        List.of(),
        new BridgeRule(0.6, 8, 3),
        List.of(),
        List.of(GraphRules.HOUSEHOLD_RULE_PREFIX + "*"));
  }

  static GraphRules household() {
    return new GraphRules(
        GraphRules.HOUSEHOLD,
        0.5,
        List.of("address", "person", "device", "network"),
        List.of(Limit.ever("person", 15), Limit.ever("address", 3)),
        placeholders(),
        List.of(
            new HubRule("address", "person", 15),
            new HubRule("device", "person", 10),
            new HubRule("network", "person", 10)),
        List.of(),
        BridgeRule.OFF,
        List.of(GraphRules.HOUSEHOLD_RULE_PREFIX + "*"),
        List.of());
  }

  private static List<BlockedValues> placeholders() {
    return List.of(
        BlockedValues.of(Limit.ANY, PLACEHOLDERS, List.of(ONLY_ZEROS)),
        BlockedValues.of("email", List.of(), List.of(NOBODYS_MAILBOX)));
  }
}
