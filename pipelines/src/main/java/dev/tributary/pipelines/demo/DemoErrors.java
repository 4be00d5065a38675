package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import java.nio.file.Path;
import java.util.Map;

/** What a demo can fail with. */
final class DemoErrors {
  private DemoErrors() {}

  static JobException brokerDataGone(DemoHome home, String topic, long landed) {
    return JobErrors.usage(
        "The lake %s holds %,d records of topic '%s', which the broker does not have"
            .formatted(home.lake(), landed, topic),
        "The broker's data in " + home.brokerData() + " were removed, or are another demo's",
        "remove both, or give another --directory");
  }

  static JobException brokerNotStarted(DemoHome home, Throwable cause) {
    return JobErrors.failed(
        "The demo's broker did not start on " + home.brokerData(),
        cause.getMessage(),
        "end the demo that is at work in " + home.directory() + ", or give another --directory",
        cause);
  }

  static JobException otherShop(DemoHome home, String there, String asked) {
    return JobErrors.usage(
        "%s holds another shop: %s, asked for is %s".formatted(home.directory(), there, asked),
        null,
        "ask for the one that is there, remove the directory, or give another --directory");
  }

  static JobException moreThanMade(String topic, long inTopic, long made) {
    return JobErrors.failed(
        "Topic '%s' holds %,d records, and its source has %,d".formatted(topic, inTopic, made),
        "Something else wrote to it, or the files have changed",
        "remove the demo's directory, or give another --directory",
        null);
  }

  static JobException unequal(Map<String, Object> report) {
    return JobErrors.expectationFailed(
        "What landed is not what was sent: see the lines marked ✘",
        null,
        "run './tributary check' on the lake, and report this",
        report);
  }

  static JobException noRetailData(Path data) {
    return JobErrors.usage(
        "There is no directory " + data,
        null,
        "give --retail the directory of the UCI Online Retail data, one CSV file a day");
  }
}
