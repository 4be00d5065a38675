package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.schemas.yaml.YamlException;
import java.util.Collection;
import java.util.Optional;

/** Every failure of identity resolution, each with problem, cause and fix. */
final class IdentityErrors {
  private IdentityErrors() {}

  static JobException value(String key, Object value, String fix) {
    return JobErrors.usage("The value '" + value + "' of '" + key + "' cannot be used", null, fix);
  }

  static JobException unsigned(String what, String fix) {
    return JobErrors.usage("The decision has no " + what, null, fix + ": it is kept for ever");
  }

  static JobException otherComparisons(String version) {
    return JobErrors.usage(
        "The model '" + version + "' was learned by another version, which compared otherwise",
        "Its probabilities do not hold here",
        "run it once with refit-model=true; with dry-run=true it says what that would change");
  }

  static JobException badPicture(String file) {
    return JobErrors.usage(
        "The picture '" + file + "' is neither .svg nor .html",
        null,
        "end its name with one of them");
  }

  static JobException badRules(YamlException cause) {
    return JobErrors.error(
        ExitCode.USAGE, "The identity rules cannot be used", cause.getMessage(), null, cause);
  }

  static JobException badExpression(String rule, String table, String sql, String message) {
    return JobErrors.usage(
        "The expression '%s' of rule '%s' cannot be used on %s".formatted(sql, rule, table),
        message.lines().findFirst().orElse(message),
        "write Spark SQL over one row of that table");
  }

  static JobException unknownColumn(
      String rule, String table, String column, Optional<String> near, Collection<String> columns) {
    return JobErrors.usage(
        "Rule '%s' reads a column '%s', which %s does not have".formatted(rule, column, table),
        "Its columns are " + String.join(", ", columns),
        near.map(one -> "did you mean '" + one + "'? ").orElse("")
            + "Correct the rule, or take it out");
  }

  static JobException nobodysType(String rule, String type, Collection<String> known) {
    return JobErrors.usage(
        "The left side of rule '%s' is a '%s', which no rule of persons knows"
            .formatted(rule, type),
        "A household is of persons, told by " + String.join(", ", known),
        "write an identifier of a person on the left, e.g. 'left: {user_id: user_id}'");
  }

  static JobException unknownTable(String rule, String table, String near) {
    return JobErrors.usage(
        "Rule '%s' reads a table '%s', which the lake does not have".formatted(rule, table),
        null,
        "did you mean '%s'? Correct the rule, or take it out until the table has landed"
            .formatted(near));
  }

  static JobException rulesChanged(String before, String now) {
    return JobErrors.usage(
        "The identity rules differ from those of the last batch (%s, now %s)"
            .formatted(before, now),
        "What is resolved already rests on the old ones",
        "look at dry-run=true, then give rebuild=true; or give the old rules");
  }

  static JobException badModelColumn(String model, String table, Exception cause) {
    String message = String.valueOf(cause.getMessage());
    return JobErrors.error(
        ExitCode.USAGE,
        "Model '%s' cannot read %s".formatted(model, table),
        message.lines().findFirst().orElse(message),
        "write Spark SQL over one row of that table in the model's rules",
        cause);
  }

  static JobException modelChanged(String version) {
    return JobErrors.usage(
        "The parameters of model "
            + version
            + " in identity.models are not those it was stored with",
        "Their SHA-256 differs from the fingerprint",
        "restore the row from an earlier version of the table, or give refit-model=true");
  }

  static JobException historyGone(String table, long version, Throwable cause) {
    return JobErrors.error(
        ExitCode.FAILED,
        "Version %d of %s, up to which evidence was read, is gone".formatted(version, table),
        "The table was vacuumed or made anew",
        "give rebuild=true once",
        cause);
  }

  static JobException nothingResolved(String lake) {
    return JobErrors.usage(
        "Nothing is resolved in the lake " + lake,
        "identity.assignments is not there or empty",
        "run './tributary run identity' first");
  }

  static JobException unknownIdentifier(String text, Collection<String> types) {
    return JobErrors.usage(
        "'" + text + "' names no identifier and no profile that is known",
        "Types are " + String.join(", ", types),
        "write type:value, e.g. email:ada@example.com, or a profile id, e.g. p_0…");
  }

  static JobException sameIdentifier(String text) {
    return JobErrors.usage(
        "Both identifiers are " + text, "There is nothing to decide of one", "name two");
  }

  static JobException standsForNobody(String identifier, String why) {
    return JobErrors.usage(
        identifier + " cannot be linked: it stands for nobody",
        "It is " + why,
        "link identifiers of one person, e.g. the logins behind it; or change the rule that excludes"
            + " it and give rebuild=true");
  }

  static JobException ofNoHousehold(String identifier, Collection<String> shared) {
    return JobErrors.usage(
        identifier + " is neither a person's nor shared by any, so no household can be decided",
        "What is shared is " + String.join(", ", shared),
        "name an identifier that './tributary identity show' knows, or what evidence of households"
            + " has");
  }

  static JobException noHouseholds() {
    return JobErrors.usage(
        "There are no households to decide of",
        "No rule is named household.…",
        "add a rule of what persons of one household share, such as an address");
  }

  static JobException nobodyOfHousehold(String one, String other) {
    return JobErrors.usage(
        "Neither " + one + " nor " + other + " is a person's",
        "Of a household it is decided whether two persons are of it, or a person and what is shared",
        "name an identifier of a person, such as user_id:…");
  }

  static JobException tooMuchShared(int rows) {
    return JobErrors.usage(
        "There is too much evidence around these households, up to %,d rows are read"
            .formatted(rows),
        "Something is shared by very many, or many households hang together",
        "ask of an identifier that fewer share; identity.households has who is of which");
  }

  static JobException building(String identifier) {
    return JobErrors.usage(
        identifier + " cannot make a household: it is a building",
        "More persons share it than the rules of households allow (hubs)",
        "decide of two persons instead, with --household; or change the rule and give rebuild=true");
  }

  static JobException unmergeOfHousehold(String id) {
    return JobErrors.usage(
        id + " is a household, not a profile",
        "Only identifiers are taken out of profiles",
        "take a person out by what it shares: './tributary identity decide cannot-link"
            + " user_id:… address:…'");
  }

  static JobException notAMember(String profile, String identifier, String now) {
    return JobErrors.usage(
        "%s is not a member of %s".formatted(identifier, profile),
        now == null ? "It belongs to no profile" : "It belongs to " + now,
        "'./tributary identity show " + profile + "' lists the members");
  }

  static JobException failed(String what, Throwable cause) {
    return JobErrors.error(ExitCode.FAILED, what, cause.getMessage(), null, cause);
  }
}
