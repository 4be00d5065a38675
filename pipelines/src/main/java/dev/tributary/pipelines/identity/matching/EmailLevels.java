package dev.tributary.pipelines.identity.matching;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** E-mail addresses: equal, the same user elsewhere, misspelt, a like user. */
final class EmailLevels implements LevelRule {
  /** Mailboxes of services, roles and functions, RFC 2142, and what else offices call them. */
  private static final Set<String> ROLES =
      Set.of(
          ("info marketing sales support abuse noc security postmaster hostmaster usenet news"
                  + " webmaster www uucp ftp admin administrator office contact enquiries inquiries"
                  + " hello mail help helpdesk billing accounts reception team noreply")
              .split(" "));

  /** Whether the address is of an office or a function, not of a person. */
  static boolean role(String value) {
    return ROLES.contains(user(new EmailLevels().normalise(value)));
  }

  @Override
  public List<String> labels() {
    return List.of("different", "like user", "misspelt", "same user, other domain", "equal");
  }

  @Override
  public double[] belief() {
    return new double[] {0.25, 0.05, 0.05, 0.1, 0.55};
  }

  @Override
  public double[] strangers() {
    return new double[] {0.9947, 0.005, 0.0001, 0.0001, 0.0001};
  }

  @Override
  public String normalise(String value) {
    int from = value.lastIndexOf('<'); // a mailbox with the name of its owner, RFC 5322 3.4
    int to = value.indexOf('>', from + 1);
    String address = from >= 0 && to > from ? value.substring(from + 1, to) : value;
    return address.strip().toLowerCase(Locale.ROOT);
  }

  private static String user(String address) {
    int at = address.indexOf('@');
    return at < 0 ? address : address.substring(0, at);
  }

  @Override
  public int level(String left, String right) {
    String user = user(left);
    String other = user(right);
    if (user.equals(other)) {
      return 3;
    }
    if (StringDistance.edits(left, right, 2) <= 2) {
      return 2;
    }
    return StringDistance.jaroWinkler(user, other) > 0.88 ? 1 : 0;
  }

  @Override
  public List<String> keyNames() {
    return List.of("address", "user");
  }

  @Override
  public String[] keys(String value) {
    return new String[] {value, user(value)};
  }
}
