package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.demo.ShopDevice.Platform;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The shop's people: a function from their number, so that millions need no memory. */
final class People {

  private static final List<String> GIVEN =
      List.of(
          "Ada", "Amir", "Anna", "Ben", "Carla", "Chloé", "Daniel", "David", "Elif", "Emma",
          "Felix", "Fiona", "Grace", "Hannah", "Hugo", "Ines", "Jack", "Jonas", "José", "Julia",
          "Karim", "Laura", "Léa", "Leon", "Lucy", "Marie", "Max", "Mia", "Nina", "Noah", "Oliver",
          "Olivia", "Paul", "Priya", "Rosa", "Sam", "Sofia", "Søren", "Tom", "Zoë");
  private static final List<String> FAMILY =
      List.of(
          "Adams",
          "Ahmed",
          "Becker",
          "Bernard",
          "Brown",
          "Clark",
          "Cohen",
          "Davies",
          "Dubois",
          "Evans",
          "Fischer",
          "García",
          "Green",
          "Hall",
          "Hoffmann",
          "Hughes",
          "Jones",
          "Kaya",
          "Khan",
          "King",
          "Klein",
          "Koch",
          "Lee",
          "Lewis",
          "Martin",
          "Meyer",
          "Moore",
          "Müller",
          "Nguyen",
          "O'Brien",
          "Patel",
          "Petit",
          "Roberts",
          "Schmidt",
          "Silva",
          "Smith",
          "Taylor",
          "Weber",
          "White",
          "Young");
  private static final List<String> COUNTRIES = List.of("DE", "GB", "GB", "FR", "US");
  private static final List<String> COMPANIES =
      List.of("Blue Door Ltd", "Corner Café", "Harbour Hotel", "Nordlicht GmbH", "Petit Atelier");
  private static final List<String> DESKTOP_AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
          "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");
  private static final List<String> MOBILE_AGENTS =
      List.of(
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
          "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36");

  private final long seed;

  People(long seed) {
    this.seed = seed;
  }

  ShopPerson person(int number) {
    Chance chance = Chance.of(seed, "person", number);
    String given = chance.oneOf(GIVEN);
    String family = chance.oneOf(FAMILY);
    List<ShopDevice> devices = new ArrayList<>();
    for (int left = deviceCount(chance); left > 0; left--) {
      devices.add(device(chance));
    }
    return new ShopPerson(
        number,
        given,
        family,
        emails(chance, given, family, number),
        phone(number),
        userIds(chance, number),
        devices,
        "card_" + chance.digits(12),
        "003" + String.format(Locale.ROOT, "%09d", number),
        chance.oneOf(COUNTRIES),
        chance.happens(0.08) ? chance.oneOf(COMPANIES) : null);
  }

  private static int deviceCount(Chance chance) {
    double x = chance.unit();
    return x < 0.45 ? 1 : x < 0.80 ? 2 : x < 0.95 ? 3 : 4;
  }

  private static ShopDevice device(Chance chance) {
    double x = chance.unit();
    Platform platform =
        x < 0.4
            ? Platform.DESKTOP_WEB
            : x < 0.7 ? Platform.MOBILE_WEB : x < 0.85 ? Platform.IOS : Platform.ANDROID;
    String agent =
        switch (platform) {
          case DESKTOP_WEB -> chance.oneOf(DESKTOP_AGENTS);
          case MOBILE_WEB -> chance.oneOf(MOBILE_AGENTS);
          case IOS, ANDROID -> null;
        };
    Duration skew =
        chance.happens(0.04)
            ? Duration.ofSeconds(chance.between(-14 * 3600, 14 * 3600))
            : Duration.ofMillis(chance.between(-900, 900));
    return new ShopDevice(chance.uuid(), platform, address(chance), agent, skew);
  }

  private static String address(Chance chance) {
    if (chance.happens(0.15)) {
      return "2001:db8:" + Integer.toHexString(chance.between(1, 0xffff)) + "::" + 1;
    }
    String network = chance.oneOf(List.of("192.0.2.", "198.51.100.", "203.0.113."));
    return network + chance.between(1, 254);
  }

  private static List<String> emails(Chance chance, String given, String family, int number) {
    String local = (plain(given) + "." + plain(family)).toLowerCase(Locale.ROOT) + number;
    String first = local + "@" + chance.oneOf(List.of("example.com", "example.org"));
    return chance.happens(0.15)
        ? List.of(first, plain(family).toLowerCase(Locale.ROOT) + number + "@example.net")
        : List.of(first);
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z]", "");
  }

  /** North American numbers 555-0100 to 555-0199 are kept for fiction, in every area code. */
  private static String phone(int number) {
    int area = 200 + number / 100 % 800;
    return String.format(Locale.ROOT, "+1%03d55501%02d", area, number % 100);
  }

  private static List<String> userIds(Chance chance, int number) {
    double x = chance.unit();
    String first = String.format(Locale.ROOT, "u%07d", number);
    return x < 0.35 ? List.of() : x < 0.93 ? List.of(first) : List.of(first, first + "b");
  }
}
