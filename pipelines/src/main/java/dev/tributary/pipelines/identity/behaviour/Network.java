package dev.tributary.pipelines.identity.behaviour;

import java.util.regex.Pattern;

/** The network behind an internet address: what one router shares among its devices. */
public final class Network {
  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern V6 = Pattern.compile("[0-9a-f:]*");
  private static final int V6_GROUPS = 8;
  private static final int V6_NETWORK_GROUPS = 4;

  private Network() {}

  /**
   * An IPv4 address itself, since its network is behind it; of an IPv6 address its first 64 bits,
   * the least that a network gets (RFC 4291, section 2.5.4).
   *
   * @return null for what is no address, and for addresses that say nothing: private, loopback,
   *     link-local
   */
  public static String of(String address) {
    if (address == null) {
      return null;
    }
    String plain = address.strip().toLowerCase(java.util.Locale.ROOT);
    if (plain.startsWith("::ffff:") && plain.indexOf('.') > 0) {
      plain = plain.substring("::ffff:".length());
    }
    return plain.indexOf(':') < 0 ? v4(plain) : v6(plain);
  }

  private static String v4(String address) {
    var parts = V4.matcher(address);
    if (!parts.matches()) {
      return null;
    }
    int[] bytes = new int[4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Integer.parseInt(parts.group(i + 1));
      if (bytes[i] > 255) {
        return null;
      }
    }
    boolean inside =
        bytes[0] == 0
            || bytes[0] == 10
            || bytes[0] == 127
            || bytes[0] >= 224
            || bytes[0] == 169 && bytes[1] == 254
            || bytes[0] == 172 && bytes[1] >= 16 && bytes[1] < 32
            || bytes[0] == 192 && bytes[1] == 168;
    return inside ? null : "%d.%d.%d.%d".formatted(bytes[0], bytes[1], bytes[2], bytes[3]);
  }

  private static String v6(String address) {
    if (!V6.matcher(address).matches()) {
      return null;
    }
    int gap = address.indexOf("::");
    String[] head = (gap < 0 ? address : address.substring(0, gap)).split(":", -1);
    int heads = gap == 0 ? 0 : head.length;
    if (gap < 0 && heads != V6_GROUPS || heads > V6_GROUPS) {
      return null;
    }
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < V6_NETWORK_GROUPS; i++) {
      String group = i < heads ? head[i] : "0";
      if (group.isEmpty() || group.length() > 4) {
        return null;
      }
      network.append(Integer.toHexString(Integer.parseInt(group, 16))).append(':');
    }
    boolean inside =
        network.toString().startsWith("fe8")
            || network.toString().startsWith("fc")
            || network.toString().startsWith("fd")
            || network.toString().equals("0:0:0:0:");
    return inside ? null : network.append(":/64").toString();
  }
}
