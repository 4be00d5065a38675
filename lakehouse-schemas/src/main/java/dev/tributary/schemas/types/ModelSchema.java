package dev.tributary.schemas.types;

import dev.tributary.schemas.contract.EnvelopeColumns;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.SchemaVersion;
import dev.tributary.schemas.types.ColumnType.Field;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The property columns of the table that holds one model of an event: the union of the columns of
 * all its versions, with a decoder for each.
 *
 * <p><b>Types</b>, from JSON Schema drafts 4 to 2020-12:
 *
 * <ul>
 *   <li>integer: BIGINT whatever its bounds, as long as they lie within int64; a bound beyond that
 *       makes DECIMAL(38,0). No bound is BIGINT. A value that does not fit is refused, not cut.
 *   <li>number: DOUBLE, the nearest to the decimal text (RFC 8259 section 6). With {@code
 *       multipleOf} of s decimal places: BIGINT for s = 0, DECIMAL(18,s) up to 6, DECIMAL(38,s) up
 *       to 18.
 *   <li>string: STRING; with format {@code date-time} TIMESTAMP, with {@code date} DATE. See {@link
 *       Rfc3339} for what is normalised.
 *   <li>{@code enum} and {@code const}: the type of their values. Null in a union only says that
 *       the value may be NULL, which every column may. integer|number is DOUBLE.
 *   <li>object with properties: STRUCT, and if the schema allows further properties, a last field
 *       {@code additional_properties} with those as one JSON object. Object of unnamed properties:
 *       MAP when all values have one type.
 *   <li>array with one schema for all items: ARRAY.
 *   <li>{@code allOf} and local {@code $ref} are merged; {@code anyOf} and {@code oneOf} take the
 *       type that holds all alternatives: the same type, STRING over formats, DOUBLE over numbers,
 *       a STRUCT of all fields over objects.
 *   <li>everything else is JSON text in a STRING: mixed unions, tuples, empty and boolean schemas,
 *       recursion, nesting deeper than 12, a property that expands to more than 2,000 schemas.
 * </ul>
 *
 * <p><b>Order</b>: columns of earlier versions first; within a version required properties first,
 * then by code point. The order of keys in a schema file changes nothing.
 *
 * <p><b>Evolution</b> only appends columns, and fields at the end of structs. A column keeps its
 * type; a later version whose values it cannot hold as it is gets a column {@code
 * <name>_<revision>_<addition>} of its own. A column can hold: JSON text everything, STRING dates
 * and timestamps, DOUBLE all numbers (an integer that no double equals is refused), DECIMAL(38,0) a
 * BIGINT, containers what their content can hold.
 *
 * <p><b>Names</b>: snake_case of letters and digits; a name that begins with a digit or is the
 * envelope's gets {@code property_} in front, an empty one is {@code property}; over 120 characters
 * it is cut and ends in the CRC-32 of the property. A name that is taken gets {@code _2}, {@code
 * _3}; earlier versions choose first, then properties spelt like their column, then by code point.
 *
 * <p><b>Normalised away</b>: null and absent properties are both NULL.
 */
public final class ModelSchema implements Serializable {
  private final List<Column> columns;
  private final TreeMap<String, Decoder> decoders;

  private ModelSchema(List<Column> columns, TreeMap<String, Decoder> decoders) {
    this.columns = List.copyOf(columns);
    this.decoders = decoders;
  }

  /**
   * Maps all versions of one model.
   *
   * @param versions of one vendor, name, format and model, in ascending order
   */
  public static ModelSchema of(List<EventSchema> versions) {
    requireOneModel(versions);
    List<Field> fields = List.of();
    Map<String, Annotations> annotations = new HashMap<>();
    Map<SchemaVersion, List<Field>> sources = new LinkedHashMap<>();
    for (EventSchema schema : versions) {
      SchemaVersion version = schema.key().version();
      List<Field> source = new ArrayList<>();
      TypeMapper.properties(schema.document())
          .forEach(
              (property, mapped) -> {
                source.add(new Field(property, property, mapped.type()));
                annotations.merge(property, Annotations.of(mapped), Annotations::then);
              });
      fields = TypeUnion.extend(fields, source, FieldNames::inTable, version);
      sources.put(version, source);
    }
    return build(fields, annotations, sources);
  }

  private static ModelSchema build(
      List<Field> fields,
      Map<String, Annotations> annotations,
      Map<SchemaVersion, List<Field>> sources) {
    List<Column> columns = new ArrayList<>();
    for (Field field : fields) {
      Annotations notes = annotations.get(field.property());
      columns.add(
          new Column(
              field.name(),
              field.property(),
              field.type(),
              true,
              notes.description(),
              notes.tags()));
    }
    columns.add(
        new Column(
            EnvelopeColumns.ADDITIONAL_PROPERTIES,
            null,
            new ColumnType.Json(),
            true,
            "Properties that the schema version of the event does not name, as one JSON object",
            Set.of()));
    TreeMap<String, Decoder> decoders = new TreeMap<>();
    sources.forEach(
        (version, source) -> decoders.put(version.toString(), Decoders.row(fields, source)));
    return new ModelSchema(columns, decoders);
  }

  private static void requireOneModel(List<EventSchema> versions) {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one schema version; got none");
    }
    for (int i = 1; i < versions.size(); i++) {
      var one = versions.get(i - 1).key();
      var next = versions.get(i).key();
      boolean same =
          one.vendor().equals(next.vendor())
              && one.name().equals(next.name())
              && one.format().equals(next.format())
              && one.version().model() == next.version().model();
      if (!same || one.version().compareTo(next.version()) >= 0) {
        throw new IllegalArgumentException(
            "%s then %s: pass the versions of one model in ascending order"
                .formatted(one.uri(), next.uri()));
      }
    }
  }

  /** The property columns in table order; the last is {@code additional_properties}. */
  public List<Column> columns() {
    return columns;
  }

  /** The decoder for events that are valid under this version, which must be one of the model's. */
  public Decoder decoder(SchemaVersion version) {
    Decoder decoder = decoders.get(version.toString());
    if (decoder == null) {
      throw new IllegalArgumentException(
          "version %s is none of the model's: %s".formatted(version, decoders.keySet()));
    }
    return decoder;
  }

  /** What the versions say about a property beside its type. */
  private record Annotations(String description, Set<String> tags) {
    static Annotations of(MappedType mapped) {
      return new Annotations(mapped.description(), mapped.tags());
    }

    Annotations then(Annotations later) {
      Set<String> all = new TreeSet<>(tags);
      all.addAll(later.tags);
      return new Annotations(later.description.isEmpty() ? description : later.description, all);
    }
  }
}
