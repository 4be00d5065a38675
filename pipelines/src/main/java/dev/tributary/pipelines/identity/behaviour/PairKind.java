package dev.tributary.pipelines.identity.behaviour;

/** What logins say of two devices. */
public enum PairKind {
  /** Both have logins, one in common: of one person. */
  SAME,
  /** Both have logins, none in common: of two persons. */
  DIFFERENT,
  /** One of them has a login. */
  ONE_LOGIN,
  /** Nobody logged in on either. */
  NO_LOGIN;

  /** Tells the kind. */
  public static PairKind of(DeviceTrace one, DeviceTrace other) {
    if (one.hasLogin() && other.hasLogin()) {
      return one.logins().stream().anyMatch(other.logins()::contains) ? SAME : DIFFERENT;
    }
    return one.hasLogin() || other.hasLogin() ? ONE_LOGIN : NO_LOGIN;
  }
}
