package dev.tributary.pipelines.demo;

import java.time.Duration;
import java.util.Objects;

/**
 * A browser or an app on a device.
 *
 * @param anonymousId the id that its SDK sends, a UUID
 * @param platform what it is
 * @param address its IP address where it is, see {@link #at}
 * @param userAgent what its browser sends; null for an app
 * @param clockSkew how far its clock is ahead of the truth (negative: behind)
 */
public record ShopDevice(
    String anonymousId, Platform platform, String address, String userAgent, Duration clockSkew) {

  /** Where events come from. */
  public enum Platform {
    DESKTOP_WEB("browser", "analytics.js", "2.11.1"),
    MOBILE_WEB("browser", "analytics.js", "2.11.1"),
    IOS("mobile", "analytics-swift", "1.5.9"),
    ANDROID("mobile", "analytics-kotlin", "1.16.3");

    final String channel;
    final String library;
    final String libraryVersion;

    Platform(String channel, String library, String libraryVersion) {
      this.channel = channel;
      this.library = library;
      this.libraryVersion = libraryVersion;
    }

    boolean isApp() {
      return this == IOS || this == ANDROID;
    }
  }

  /** The device behind another address. */
  ShopDevice at(String otherAddress) {
    return new ShopDevice(anonymousId, platform, otherAddress, userAgent, clockSkew);
  }

  public ShopDevice {
    Objects.requireNonNull(anonymousId, "anonymousId");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(clockSkew, "clockSkew");
  }
}
