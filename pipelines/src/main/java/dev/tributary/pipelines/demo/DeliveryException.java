package dev.tributary.pipelines.demo;

import java.nio.file.Path;

/** Input could not be read, or could not be sent to the topic. */
public final class DeliveryException extends RuntimeException {

  DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }

  static DeliveryException noFiles(Path directory) {
    return new DeliveryException(
        "There is no CSV file in "
            + directory
            + ". Give the directory of the UCI Online Retail data, one CSV file a day.",
        null);
  }

  static DeliveryException unreadable(Path file, Throwable cause) {
    return new DeliveryException(file + " cannot be read: " + cause.getMessage(), cause);
  }

  static DeliveryException wrongHeading(Path file, String heading, String expected) {
    return new DeliveryException(
        file + " begins with '" + heading + "'; expected are the columns " + expected + ".", null);
  }
}
