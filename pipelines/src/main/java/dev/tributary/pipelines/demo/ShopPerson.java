package dev.tributary.pipelines.demo;

import java.util.List;

/**
 * A person of the shop and everything that identifies them: the truth for identity resolution. Any
 * two identifiers of one person belong together, those of different persons do not.
 *
 * @param number from 0
 * @param givenName as in the account
 * @param familyName as in the account
 * @param emails one or two addresses at example domains
 * @param phone E.164, of a range kept for fiction
 * @param userIds the logins: none for who never registers, two for who registered twice
 * @param devices browsers and apps, one to four
 * @param cardToken token of the payment card, the same online and at the till
 * @param contactId their record in the CRM
 * @param country ISO 3166
 * @param company the company they buy for, or null
 */
public record ShopPerson(
    int number,
    String givenName,
    String familyName,
    List<String> emails,
    String phone,
    List<String> userIds,
    List<ShopDevice> devices,
    String cardToken,
    String contactId,
    String country,
    String company) {

  public ShopPerson {
    emails = List.copyOf(emails);
    userIds = List.copyOf(userIds);
    devices = List.copyOf(devices);
  }

  /** Whether the person has a login. */
  public boolean registered() {
    return !userIds.isEmpty();
  }

  String currency() {
    return switch (country) {
      case "GB" -> "GBP";
      case "US" -> "USD";
      default -> "EUR";
    };
  }
}
