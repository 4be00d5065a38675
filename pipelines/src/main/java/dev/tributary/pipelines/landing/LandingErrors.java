package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.schemas.registry.Refusal;
import dev.tributary.schemas.yaml.YamlException;
import java.util.List;
import java.util.stream.Collectors;

/** Every failure of landing that its user can mend. */
final class LandingErrors {
  private static final int MOST_LISTED = 10;

  private LandingErrors() {}

  static JobException refused(List<Refusal> refusals) {
    String listed =
        refusals.stream()
            .limit(MOST_LISTED)
            .map(r -> r.file() + " " + r.pointer() + ": " + r.reason() + "; " + r.fix())
            .collect(Collectors.joining("\n  ", "\n  ", ""));
    String more = refusals.size() > MOST_LISTED ? "\n  …" : "";
    return JobErrors.usage(
        refusals.size() + " schema files are refused",
        listed + more,
        "mend them; './tributary schemas check <directory>' lists them again");
  }

  static JobException incompatible(String table, String column, String has, String wants) {
    return JobErrors.usage(
        "Column %s of %s is %s in the lake, but the schemas now make it %s"
            .formatted(column, table, has, wants),
        "A column keeps the type that it got from the first version of its model",
        "give the schema a new MODEL, or restore the version that made the column");
  }

  static JobException oneInput() {
    return JobErrors.usage(
        "Landing needs one input",
        "Either topics or a mapping must be given, not both",
        "add topics=events kafka.bootstrap.servers=localhost:9092, or mapping=FILE");
  }

  static JobException noBroker() {
    return JobErrors.usage(
        "Landing from topics needs kafka.bootstrap.servers",
        null,
        "add kafka.bootstrap.servers=localhost:9092");
  }

  static JobException badName(String name) {
    return JobErrors.usage(
        "'" + name + "' is no name for a stream",
        "It becomes the name of a directory",
        "use letters, digits, - and _");
  }

  static JobException noSchemas() {
    return JobErrors.usage(
        "Landing needs the directories of the event schemas",
        null,
        "add schemas=DIR (several with commas)");
  }

  static JobException unknownReason(String code, List<String> known) {
    return JobErrors.usage(
        "'" + code + "' is no reason for which landing refuses",
        null,
        "use one of " + String.join(", ", known));
  }

  static JobException nothingLanded(String lake) {
    return JobErrors.usage(
        "Nothing has landed in " + lake + ", so there is nothing to check",
        "It has no ledger " + FixedTables.BATCHES.name(),
        "name another lake with --lake, or land events first");
  }

  static JobException tooSmall(String key, long value) {
    return JobErrors.usage(key + " is at least 1, not " + value, null, "give a larger value");
  }

  static JobException unreachable(String servers, Throwable cause) {
    return JobErrors.unreachable(
        "The Kafka broker", servers, "start it, or correct kafka.bootstrap.servers", cause);
  }

  static JobException noTopic(List<String> topics, String servers, Throwable cause) {
    return JobErrors.error(
        ExitCode.USAGE,
        "There is no such topic at " + servers + ": " + String.join(", ", topics),
        cause.getMessage(),
        "create it, or correct topics",
        cause);
  }

  static JobException filesGone(BatchManifest manifest, List<String> gone) {
    return JobErrors.failed(
        "Batch %d of %s is committed in part, and %d of its files are gone, the first: %s"
            .formatted(manifest.batch(), manifest.application(), gone.size(), gone.get(0)),
        "The run that wrote them ended before it had committed them, and something removed them"
            + " since: a VACUUM with a retention shorter than the time between the runs, perhaps",
        "restore the files from a copy of the lake and start the stream again",
        null);
  }

  static JobException twoDrivers(String application, long batch) {
    return JobErrors.failed(
        "Another process lands the same stream: " + application,
        "It landed batch " + batch + " while this one did; nothing landed twice",
        "let one of them run, or give this one another name and other topics",
        null);
  }

  static JobException oldCheckpoint(String application, long batch, long landed) {
    return JobErrors.failed(
        "The checkpoint of %s is older than the lake: it begins at batch %d, the ledger ends with %d"
            .formatted(application, batch, landed),
        "It was restored from a copy, or its last files were lost; its batches are other records"
            + " than the ledger's of the same numbers",
        "delete the checkpoint directory and start again: what has landed is not landed again",
        null);
  }

  static JobException recreated(List<String> topics) {
    return JobErrors.failed(
        "A topic was deleted and made again while it was landed: " + String.join(", ", topics),
        "Its offsets begin anew, and what the old one held beyond the last batch is gone",
        "start the stream under a new name, or delete its checkpoint directory",
        null);
  }

  static JobException badMapping(YamlException cause) {
    return JobErrors.usage("The source mapping cannot be used", cause.getMessage(), null);
  }

  static JobException unreadable(String what, Throwable cause) {
    return JobErrors.error(
        ExitCode.USAGE, what + " cannot be read", cause.toString(), "correct the path", cause);
  }
}
