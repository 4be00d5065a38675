package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.schemas.types.ColumnType.Array;
import dev.tributary.schemas.types.ColumnType.Bool;
import dev.tributary.schemas.types.ColumnType.Date;
import dev.tributary.schemas.types.ColumnType.Decimal;
import dev.tributary.schemas.types.ColumnType.Field;
import dev.tributary.schemas.types.ColumnType.Float64;
import dev.tributary.schemas.types.ColumnType.Int64;
import dev.tributary.schemas.types.ColumnType.Json;
import dev.tributary.schemas.types.ColumnType.MapOf;
import dev.tributary.schemas.types.ColumnType.Struct;
import dev.tributary.schemas.types.ColumnType.Text;
import dev.tributary.schemas.types.ColumnType.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles the decoders that bring values of one schema version into the table's types. */
final class Decoders {
  private Decoders() {}

  /** Decodes the source's properties into these columns, with all others in one more at the end. */
  static Decoder row(List<Field> columns, List<Field> source) {
    ObjectDecoder decoder = new ObjectDecoder(columns.size() + 1, columns.size());
    bind(decoder, columns, source);
    return decoder;
  }

  private static void bind(ObjectDecoder decoder, List<Field> targets, List<Field> sources) {
    for (Field source : sources) {
      if (!source.collectsAdditional()) {
        int index = TypeUnion.slot(targets, source);
        ValueDecoder value = of(targets.get(index).type(), source.type());
        decoder.bind(source.property(), index, value);
      }
    }
  }

  /** The decoder of values of type {@code source} into a column of type {@code target}. */
  private static ValueDecoder of(ColumnType target, ColumnType source) {
    if (target instanceof Struct to && source instanceof Struct from) {
      return struct(to, from);
    }
    if (target instanceof Array to && source instanceof Array from) {
      return array(of(to.element(), from.element()));
    }
    if (target instanceof MapOf to && source instanceof MapOf from) {
      return map(of(to.value(), from.value()));
    }
    return scalar(target);
  }

  private static ValueDecoder scalar(ColumnType target) {
    if (target instanceof Text) {
      return value -> Surrogates.whole(text(value));
    }
    if (target instanceof Bool) {
      return Decoders::bool;
    }
    if (target instanceof Int64) {
      return Numbers::int64;
    }
    if (target instanceof Float64) {
      return Numbers::float64;
    }
    if (target instanceof Decimal decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return value -> Numbers.decimal(value, precision, scale);
    }
    if (target instanceof Timestamp) {
      return Decoders::timestamp;
    }
    if (target instanceof Date) {
      return Decoders::date;
    }
    if (target instanceof Json) {
      return JsonText::of;
    }
    throw new IllegalStateException("no decoder for a column of type " + target.sql());
  }

  private static ValueDecoder struct(Struct target, Struct source) {
    int collector = -1;
    for (int i = 0; i < target.fields().size(); i++) {
      collector = target.fields().get(i).collectsAdditional() ? i : collector;
    }
    ObjectDecoder decoder = new ObjectDecoder(target.fields().size(), collector);
    bind(decoder, target.fields(), source.fields());
    return decoder;
  }

  private static ValueDecoder array(ValueDecoder element) {
    return array -> {
      if (!array.isArray()) {
        throw UnrepresentableException.otherKind("array", array);
      }
      Object[] values = new Object[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = element(element, array.get(i), i);
      }
      return values;
    };
  }

  private static Object element(ValueDecoder decoder, JsonNode value, int index)
      throws UnrepresentableException {
    try {
      return value.isNull() ? null : decoder.decode(value);
    } catch (UnrepresentableException refused) {
      throw refused.under(Integer.toString(index));
    }
  }

  private static ValueDecoder map(ValueDecoder element) {
    return object -> {
      if (!object.isObject()) {
        throw UnrepresentableException.otherKind("object", object);
      }
      LinkedHashMap<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        JsonNode value = entry.getValue();
        try {
          String key = Surrogates.whole(entry.getKey());
          values.put(key, value.isNull() ? null : element.decode(value));
        } catch (UnrepresentableException refused) {
          throw refused.under(entry.getKey());
        }
      }
      return values;
    };
  }

  private static Object bool(JsonNode value) throws UnrepresentableException {
    if (!value.isBoolean()) {
      throw UnrepresentableException.otherKind("boolean", value);
    }
    return value.booleanValue();
  }

  private static String text(JsonNode value) throws UnrepresentableException {
    String text = value.textValue();
    if (text == null) {
      throw UnrepresentableException.otherKind("string", value);
    }
    return text;
  }

  private static Object timestamp(JsonNode value) throws UnrepresentableException {
    String text = text(value);
    long micros = Rfc3339.micros(text);
    if (micros == Rfc3339.INVALID) {
      throw new UnrepresentableException(
          "",
          "'%s' is not an RFC 3339 time in the years 0000 to 9999 UTC".formatted(shortened(text)));
    }
    return micros;
  }

  private static Object date(JsonNode value) throws UnrepresentableException {
    String text = text(value);
    int day = Rfc3339.epochDay(text);
    if (day == Rfc3339.INVALID_DAY) {
      throw new UnrepresentableException(
          "", "'%s' is not an RFC 3339 date such as 2026-01-31".formatted(shortened(text)));
    }
    return day;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
