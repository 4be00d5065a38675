package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.EnvelopeColumns.ADDITIONAL_PROPERTIES;
import static dev.tributary.schemas.contract.EnvelopeColumns.CONTEXT;
import static dev.tributary.schemas.contract.EnvelopeColumns.EVENT_DATE;
import static dev.tributary.schemas.contract.EnvelopeColumns.EVENT_TIME;
import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_OFFSET;
import static dev.tributary.schemas.contract.EnvelopeColumns.LANDED_PARTITION;
import static dev.tributary.schemas.contract.EnvelopeColumns.MESSAGE_ID;
import static dev.tributary.schemas.contract.EnvelopeColumns.ORIGINAL_TIMESTAMP;
import static dev.tributary.schemas.contract.EnvelopeColumns.RECEIVED_AT;
import static dev.tributary.schemas.contract.EnvelopeColumns.USER_ID;

import dev.tributary.pipelines.landing.TableLayout.ColumnSpec;
import dev.tributary.schemas.contract.EnvelopeColumns;
import dev.tributary.schemas.contract.TableContract;
import dev.tributary.schemas.contract.TableContracts;
import dev.tributary.schemas.types.Column;
import dev.tributary.schemas.types.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.io.api.Binary;

/**
 * The table of one schema model: envelope columns, the properties, then where the event came from.
 */
final class TypedTable {
  private static final int MOST_STATISTICS = 16;

  private final TableLayout layout;
  private final String shortName;
  private final int firstProperty;

  TypedTable(String shortName, List<Column> properties) {
    this.shortName = shortName;
    TableContract envelope = TableContracts.eventEnvelope();
    List<ColumnSpec> columns = new ArrayList<>();
    EnvelopeColumns.LEADING.forEach(name -> columns.add(ColumnSpec.of(envelope.column(name))));
    firstProperty = columns.size();
    properties.forEach(p -> columns.add(new ColumnSpec(p.name(), p.type(), true, p.description())));
    EnvelopeColumns.TRAILING.stream()
        .filter(name -> !name.equals(ADDITIONAL_PROPERTIES) && !name.equals(EVENT_DATE))
        .forEach(name -> columns.add(ColumnSpec.of(envelope.column(name))));
    layout =
        new TableLayout(
            "silver." + shortName,
            columns,
            EVENT_DATE,
            statistics(properties),
            Set.of(
                MESSAGE_ID, EVENT_TIME, RECEIVED_AT, ORIGINAL_TIMESTAMP, CONTEXT, LANDED_OFFSET));
  }

  /** Times, places, and the first numbers and dates among the properties. */
  private static Set<String> statistics(List<Column> properties) {
    Set<String> chosen =
        new LinkedHashSet<>(
            List.of(EVENT_TIME, RECEIVED_AT, USER_ID, LANDED_PARTITION, LANDED_OFFSET));
    for (Column property : properties) {
      ColumnType type = property.type();
      boolean ordered =
          type instanceof ColumnType.Int64
              || type instanceof ColumnType.Float64
              || type instanceof ColumnType.Timestamp
              || type instanceof ColumnType.Date;
      if (ordered && chosen.size() < MOST_STATISTICS) {
        chosen.add(property.name());
      }
    }
    return chosen;
  }

  TableLayout layout() {
    return layout;
  }

  /** Without its namespace, e.g. {@code order_completed_v1}. */
  String shortName() {
    return shortName;
  }

  /** One row, in the order of the layout. */
  Object[] row(
      Envelope e,
      LandingPlan.Target target,
      Object[] properties,
      long eventTime,
      RawRecord record,
      int index) {
    Object[] row = new Object[layout.columns().size()];
    row[0] = e.messageId;
    row[1] = eventTime;
    row[2] = e.receivedAt;
    row[3] = time(e.originalTimestamp);
    row[4] = time(e.sentAt);
    row[5] = e.anonymousId;
    row[6] = e.userId;
    row[7] = e.type;
    row[8] = e.event;
    row[9] = e.source;
    row[10] = target.version();
    System.arraycopy(properties, 0, row, firstProperty, properties.length);
    int at = firstProperty + properties.length;
    row[at] =
        e.contextLength == 0
            ? null
            : Binary.fromConstantByteArray(e.bytes, e.contextFrom, e.contextLength);
    row[at + 1] = e.rest == null ? null : e.rest + "}";
    row[at + 2] = record.landedFrom;
    row[at + 3] = record.partition;
    row[at + 4] = record.offset;
    row[at + 5] = index;
    return row;
  }

  private static Long time(long micros) {
    return micros == Envelope.ABSENT ? null : (Long) micros;
  }
}
