package dev.tributary.pipelines.identity.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.identity.privacy.EncodedTable.EncodedRecord;
import dev.tributary.pipelines.identity.privacy.EncodedTable.FieldStatistics;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encoded tables as files: the magic bytes {@code TRIBENC1}, a header in JSON (key id, settings,
 * statistics of the fields), the records, and a SHA-256 of all before it. Big-endian.
 */
final class EncodedFile {
  private static final byte[] MAGIC = "TRIBENC1".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADER = 10_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private EncodedFile() {}

  private record Header(
      String keyId,
      Map<String, String> settings,
      Hardening hardening,
      List<FieldStatistics> fields,
      int records) {}

  static void write(EncodedTable table, Path file) {
    MessageDigest digest = sha256();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (DataOutputStream out =
          new DataOutputStream(
              new DigestOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(file)), digest))) {
        out.write(MAGIC);
        byte[] header =
            JSON.writeValueAsBytes(
                new Header(
                    table.keyId(),
                    table.settings(),
                    table.hardening(),
                    table.fields(),
                    table.records().size()));
        out.writeInt(header.length);
        out.write(header);
        for (EncodedRecord record : table.records()) {
          write(record, out);
        }
        out.write(digest.digest());
      }
    } catch (IOException e) {
      throw PrivacyErrors.unwritable(file, e);
    }
  }

  private static void write(EncodedRecord record, DataOutputStream out) throws IOException {
    byte[] id = record.id().getBytes(StandardCharsets.UTF_8);
    out.writeInt(id.length);
    out.write(id);
    out.writeLong(record.present());
    out.writeByte(record.passes().length);
    for (int i = 0; i < record.passes().length; i++) {
      out.writeByte(record.passes()[i]);
      out.writeLong(record.blocks()[i]);
    }
    for (long word : record.words()) {
      out.writeLong(word);
    }
  }

  /** Reads and checks a whole file; results call the table by the file's name. */
  static EncodedTable read(Path file) {
    MessageDigest digest = sha256();
    try (DataInputStream in =
        new DataInputStream(
            new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw PrivacyErrors.notEncoded(file, "it does not begin with TRIBENC1");
      }
      Header header = header(in, file);
      List<EncodedRecord> records = new ArrayList<>();
      for (int i = 0; i < header.records(); i++) {
        records.add(record(in, header, file));
      }
      byte[] expected = digest.digest();
      if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
        throw PrivacyErrors.notEncoded(file, "its checksum is wrong");
      }
      return new EncodedTable(
          stem(file),
          header.keyId(),
          header.settings(),
          header.hardening(),
          header.fields(),
          records);
    } catch (EOFException e) {
      throw PrivacyErrors.notEncoded(file, "it ends early");
    } catch (IOException e) {
      throw PrivacyErrors.unreadable(file, e);
    }
  }

  private static Header header(DataInputStream in, Path file) throws IOException {
    int length = in.readInt();
    if (length < 2 || length > LONGEST_HEADER) {
      throw PrivacyErrors.notEncoded(file, "its header claims " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    try {
      return header(JSON.readTree(bytes));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw PrivacyErrors.notEncoded(file, "its header cannot be read");
    }
  }

  private static Header header(JsonNode json) {
    Map<String, String> settings = new LinkedHashMap<>();
    json.path("settings")
        .fields()
        .forEachRemaining(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    JsonNode hardening = json.path("hardening");
    List<FieldStatistics> fields = new ArrayList<>();
    for (JsonNode field : json.path("fields")) {
      long[] distances = new long[FieldStatistics.BINS];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = field.path("distances").path(i).asLong();
      }
      fields.add(
          new FieldStatistics(
              field.path("name").asText(),
              field.path("present").asLong(),
              field.path("equalPairs").asLong(),
              distances));
    }
    int records = json.path("records").asInt(-1);
    if (fields.isEmpty() || fields.size() > EncodingConfig.MOST_FIELDS || records < 0) {
      throw new IllegalArgumentException("fields or records are missing");
    }
    return new Header(
        json.path("keyId").asText(),
        settings,
        new Hardening(
            hardening.path("bits").asInt(),
            hardening.path("fill").asDouble(),
            hardening.path("salted").asBoolean(),
            hardening.path("balanced").asBoolean(),
            hardening.path("folds").asInt(),
            hardening.path("diffusion").asInt(),
            hardening.path("flip").asDouble()),
        fields,
        records);
  }

  private static EncodedRecord record(DataInputStream in, Header header, Path file)
      throws IOException {
    int length = in.readInt();
    if (length < 0 || length > 1_000_000) {
      throw PrivacyErrors.notEncoded(file, "a record id claims " + length + " bytes");
    }
    byte[] id = new byte[length];
    in.readFully(id);
    long present = in.readLong();
    int keys = in.readUnsignedByte();
    byte[] passes = new byte[keys];
    long[] blocks = new long[keys];
    for (int i = 0; i < keys; i++) {
      passes[i] = in.readByte();
      blocks[i] = in.readLong();
    }
    int perKey = header.fields().size() * header.hardening().words();
    byte[] raw = new byte[8 * perKey * (header.hardening().salted() ? keys : 1)];
    in.readFully(raw);
    long[] words = new long[raw.length / 8];
    java.nio.ByteBuffer.wrap(raw).asLongBuffer().get(words);
    return new EncodedRecord(
        new String(id, StandardCharsets.UTF_8), present, passes, blocks, words);
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
