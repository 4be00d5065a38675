package dev.tributary.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.schemas.contract.EnvelopeColumns;
import java.util.ArrayList;
import java.util.List;

/** What a table may do when its model gains a version. */
final class Evolution {
  static final List<String> ENVELOPE = new ArrayList<>(EnvelopeColumns.LEADING);

  static {
    ENVELOPE.addAll(EnvelopeColumns.TRAILING);
  }

  private Evolution() {}

  static void requireAppended(List<Column> before, List<Column> after) {
    assertThat(after).hasSizeGreaterThanOrEqualTo(before.size());
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).name()).isEqualTo(before.get(i).name());
      assertThat(after.get(i).property()).isEqualTo(before.get(i).property());
      requireAppended(before.get(i).type(), after.get(i).type());
    }
  }

  private static void requireAppended(ColumnType before, ColumnType after) {
    if (before instanceof ColumnType.Struct one && after instanceof ColumnType.Struct other) {
      assertThat(other.fields()).hasSizeGreaterThanOrEqualTo(one.fields().size());
      for (int i = 0; i < one.fields().size(); i++) {
        assertThat(other.fields().get(i).name()).isEqualTo(one.fields().get(i).name());
        requireAppended(one.fields().get(i).type(), other.fields().get(i).type());
      }
    } else if (before instanceof ColumnType.Array one && after instanceof ColumnType.Array other) {
      requireAppended(one.element(), other.element());
    } else if (before instanceof ColumnType.MapOf one && after instanceof ColumnType.MapOf other) {
      requireAppended(one.value(), other.value());
    } else {
      assertThat(after).isEqualTo(before);
    }
  }
}
