package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.demo.Catalogue.Product;
import dev.tributary.pipelines.demo.ShopDevice.Platform;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * From where people visit, and what they come back to. Two of ten customers share a home; a home
 * has an address of its own, or one that its provider changes every week and gives to other homes
 * after it, and sometimes to two at once. A third of the people work in an office with others,
 * phones are often on a carrier's few addresses, and some visits are made from a café. Addresses
 * are of ranges kept for documentation (RFC 3849), benchmarks (RFC 2544) and carriers (RFC 6598).
 */
final class Habits {
  private static final int NETWORK = 254;
  private static final int FIXED_HOMES = 65_536;
  private static final int HOMES_OF_TEN = 10;
  private static final int OFFICE_OF = 40;
  private static final int CAFES_OF = 60;
  private static final int WEEK = 7;
  private static final int LEASES = 64;
  private static final int FAVOURITES = 4;

  private final long seed;
  private final int people;
  private final Catalogue catalogue;

  Habits(long seed, int people, Catalogue catalogue) {
    this.seed = seed;
    this.people = people;
    this.catalogue = catalogue;
  }

  /** Where a device is during a visit, as the internet sees it. */
  String address(ShopPerson person, ShopDevice device, Instant at, long visit) {
    Chance chance = Chance.of(seed, "place", visit);
    ZonedDateTime time = at.atZone(ZoneOffset.UTC);
    boolean phone = device.platform() != Platform.DESKTOP_WEB;
    boolean officeHours =
        time.getDayOfWeek().getValue() <= 5 && time.getHour() >= 8 && time.getHour() < 17;
    Chance own = Chance.of(seed, "places", person.number());
    boolean works = own.happens(0.35);
    int office = own.between(0, Math.max(2, people / OFFICE_OF));
    int cafe = own.between(0, Math.max(2, people / CAFES_OF));
    int carrier = own.between(0, 3);
    double x = chance.unit();
    if (x < 0.04) {
      return "198.19." + (128 + cafe / NETWORK % 128) + "." + (1 + cafe % NETWORK);
    }
    if (phone && x < 0.27) {
      return "100.64." + carrier + "." + chance.between(1, 4);
    }
    if (works && officeHours && chance.happens(phone ? 0.45 : 0.7)) {
      return "198.19." + office / NETWORK % 128 + "." + (1 + office % NETWORK);
    }
    return home(person, device, at);
  }

  private String home(ShopPerson person, ShopDevice device, Instant at) {
    int home = person.number() % HOMES_OF_TEN == 9 ? person.number() - 1 : person.number();
    Chance chance = Chance.of(seed, "home", home);
    double x = chance.unit();
    if (x < 0.4) {
      String network = Integer.toHexString(home >>> 16) + ":" + Integer.toHexString(home & 0xffff);
      int suffix = device.anonymousId().hashCode();
      return "2001:db8:%s::%x:%x".formatted(network, suffix >>> 16, suffix & 0xffff);
    }
    if (x < 0.75) {
      int fixed = Math.floorMod(home * 7_919, FIXED_HOMES);
      return "198.18." + (fixed >> 8) + "." + (fixed & 0xff);
    }
    long week = Math.floorDiv(at.getEpochSecond(), 86_400L) / WEEK;
    Chance lease = Chance.of(seed, "lease " + week, home);
    return "100.65." + lease.between(0, LEASES - 1) + "." + lease.between(1, NETWORK);
  }

  /** Three in ten looks are at something that the person has had an eye on for a while. */
  Product product(ShopPerson person, Product otherwise, long look) {
    Chance chance = Chance.of(seed, "look", look);
    if (!chance.happens(0.3)) {
      return otherwise;
    }
    long favourite = person.number() * (long) FAVOURITES + chance.between(0, FAVOURITES - 1);
    return catalogue.any(Chance.of(seed, "favourite", favourite));
  }
}
