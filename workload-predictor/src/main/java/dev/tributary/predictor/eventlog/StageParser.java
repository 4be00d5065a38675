package dev.tributary.predictor.eventlog;

import static dev.tributary.predictor.eventlog.EventParser.TEXT;

import dev.tributary.predictor.eventlog.Event.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** Stage ends, resource profiles, and the plans of queries. */
final class StageParser {
  /** Deeper operators of a plan are left out; the deepest plans of people have some hundreds. */
  private static final int DEEPEST_PLAN = 500;

  private static final KeyTable COMPLETED = KeyTable.of("Stage Info");
  private static final KeyTable INFO =
      KeyTable.of(
          "Stage ID",
          "Stage Attempt ID",
          "Stage Name",
          "Number of Tasks",
          "Parent IDs",
          "Submission Time",
          "Completion Time",
          "Failure Reason");
  private static final KeyTable PLAN = KeyTable.of("nodeName", "children");
  private static final KeyTable PROFILE =
      KeyTable.of("Resource Profile Id", "Executor Resource Requests");
  private static final KeyTable RESOURCES =
      KeyTable.of("cores", "memory", "memoryOverhead", "offHeap", "pyspark.memory");
  private static final KeyTable AMOUNT = KeyTable.of("Amount");

  private final JsonScanner scanner;

  StageParser(JsonScanner scanner) {
    this.scanner = scanner;
  }

  /** The scanner has entered the line's object. */
  Event stageCompleted() throws MalformedJson {
    Event stage = null;
    for (int key = scanner.key(COMPLETED); key != JsonScanner.END; key = scanner.key(COMPLETED)) {
      if (key == 0 && scanner.openObject()) {
        stage = info();
      } else if (key != 0) {
        scanner.skip();
      }
    }
    return stage == null
        ? new Event.StageCompleted(
            Event.UNKNOWN, 0, null, 0, List.of(), Event.UNKNOWN, Event.UNKNOWN, null)
        : stage;
  }

  private Event info() throws MalformedJson {
    long id = Event.UNKNOWN;
    long attempt = 0;
    String name = null;
    long tasks = 0;
    List<Long> parents = List.of();
    long submitted = Event.UNKNOWN;
    long completed = Event.UNKNOWN;
    String failure = null;
    for (int key = scanner.key(INFO); key != JsonScanner.END; key = scanner.key(INFO)) {
      switch (key) {
        case 0 -> id = scanner.longValue();
        case 1 -> attempt = scanner.longValue();
        case 2 -> name = scanner.stringValue(TEXT);
        case 3 -> tasks = scanner.longValue();
        case 4 -> parents = numbers();
        case 5 -> submitted = scanner.longValue();
        case 6 -> completed = scanner.longValue();
        case 7 -> failure = scanner.stringValue(TEXT);
        default -> scanner.skip();
      }
    }
    return new Event.StageCompleted(
        id, attempt, name, tasks, parents, submitted, completed, failure);
  }

  private List<Long> numbers() throws MalformedJson {
    List<Long> numbers = new ArrayList<>();
    if (scanner.openArray()) {
      while (scanner.element()) {
        numbers.add(scanner.longValue());
      }
    }
    return numbers;
  }

  /** The scanner has entered the line's object. */
  Event resourceProfile() throws MalformedJson {
    long id = 0;
    long[] amounts = {Event.UNKNOWN, Event.UNKNOWN, Event.UNKNOWN, Event.UNKNOWN, Event.UNKNOWN};
    for (int key = scanner.key(PROFILE); key != JsonScanner.END; key = scanner.key(PROFILE)) {
      switch (key) {
        case 0 -> id = scanner.longValue();
        case 1 -> amounts(amounts);
        default -> scanner.skip();
      }
    }
    return new Event.ResourceProfile(
        id, amounts[0], amounts[1], amounts[2], amounts[3], amounts[4]);
  }

  private void amounts(long[] into) throws MalformedJson {
    if (!scanner.openObject()) {
      return;
    }
    for (int key = scanner.key(RESOURCES); key != JsonScanner.END; key = scanner.key(RESOURCES)) {
      if (key >= 0 && scanner.openObject()) {
        for (int part = scanner.key(AMOUNT); part != JsonScanner.END; part = scanner.key(AMOUNT)) {
          if (part == 0) {
            into[key] = scanner.longValue();
          } else {
            scanner.skip();
          }
        }
      } else if (key < 0) {
        scanner.skip();
      }
    }
  }

  /** The plan that comes next; null when there is none. */
  PlanNode plan(int depth) throws MalformedJson {
    if (depth >= DEEPEST_PLAN) {
      scanner.skip();
      return null;
    }
    if (!scanner.openObject()) {
      return null;
    }
    String name = "";
    List<PlanNode> children = List.of();
    for (int key = scanner.key(PLAN); key != JsonScanner.END; key = scanner.key(PLAN)) {
      switch (key) {
        case 0 -> name = scanner.stringValue(TEXT);
        case 1 -> children = children(depth);
        default -> scanner.skip();
      }
    }
    return new PlanNode(name == null ? "" : name, children);
  }

  private List<PlanNode> children(int depth) throws MalformedJson {
    List<PlanNode> children = new ArrayList<>();
    if (scanner.openArray()) {
      while (scanner.element()) {
        PlanNode child = plan(depth + 1);
        if (child != null) {
          children.add(child);
        }
      }
    }
    return children;
  }
}
