package dev.tributary.pipelines.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The shop's 480 articles, bestsellers first. */
final class Catalogue {

  /** An article; its price in cents. */
  record Product(String id, String name, String category, String brand, int cents) {}

  /** So many pieces of an article. */
  record Item(Product product, int quantity) {
    int cents() {
      return product.cents() * quantity;
    }
  }

  private static final List<String> ADJECTIVES =
      List.of("Blue", "Vintage", "Striped", "Folding", "Mini", "Handmade", "Cream", "Retro");
  private static final List<String> THINGS =
      List.of(
          "bags/Tote Bag",
          "bags/Backpack",
          "bags/Lunch Bag",
          "books/Notebook",
          "books/Cook Book",
          "books/Atlas",
          "garden/Watering Can",
          "garden/Bird Table",
          "garden/Plant Pot",
          "home/Cushion",
          "home/Doormat",
          "home/Picture Frame",
          "kids/Jigsaw",
          "kids/Wooden Train",
          "kids/Night Light",
          "kitchen/Mug",
          "kitchen/Cake Tin",
          "kitchen/Tea Towel",
          "lighting/Lantern",
          "lighting/Table Lamp",
          "stationery/Gift Wrap",
          "stationery/Card Set",
          "stationery/Pencil Case",
          "home/Wall Clock",
          "kitchen/Egg Cup",
          "garden/Deck Chair",
          "bags/Wash Bag",
          "books/Diary",
          "lighting/Fairy Lights",
          "kids/Kite");
  private static final List<String> BRANDS = List.of("Alder", "Brook & Co", "Calluna", "Drift");

  private final List<Product> products;

  Catalogue(long seed) {
    Chance chance = Chance.of(seed, "catalogue", 0);
    List<Product> all = new ArrayList<>();
    for (String brand : BRANDS.subList(0, 2)) {
      for (String adjective : ADJECTIVES) {
        for (String thing : THINGS) {
          all.add(product(chance, all.size(), brand, adjective, thing));
        }
      }
    }
    for (int i = all.size() - 1; i > 0; i--) {
      int j = chance.between(0, i);
      Product moved = all.get(i);
      all.set(i, all.get(j));
      all.set(j, moved);
    }
    this.products = List.copyOf(all);
  }

  private static Product product(
      Chance chance, int index, String brand, String adjective, String thing) {
    int slash = thing.indexOf('/');
    String name = adjective + " " + thing.substring(slash + 1);
    int cents = chance.between(2, 60) * 100 + chance.oneOf(List.of(95, 99, 50, 0));
    String maker = index % 3 == 0 ? BRANDS.get(2 + index % 2) : brand;
    String id = String.format(Locale.ROOT, "P%05d", 10_000 + index * 7);
    return new Product(id, name, thing.substring(0, slash), maker, cents);
  }

  Product choose(Chance chance) {
    return products.get(chance.popular(products.size()));
  }

  /** Any product, bestseller or not. */
  Product any(Chance chance) {
    return chance.oneOf(products);
  }

  List<Item> basket(Chance chance, int most) {
    List<Item> items = new ArrayList<>();
    for (int left = chance.between(1, most); left > 0; left--) {
      items.add(new Item(choose(chance), chance.happens(0.75) ? 1 : chance.between(2, 6)));
    }
    return items;
  }
}
