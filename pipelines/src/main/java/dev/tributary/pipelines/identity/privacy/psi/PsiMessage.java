package dev.tributary.pipelines.identity.privacy.psi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * What one party sends the other.
 *
 * @param session 16 random bytes in hex, chosen by who asks
 * @param sizeOnly whether {@code theirs} is shuffled, so that only the size can be found
 * @param own the sender's elements, blinded once, in ascending order
 * @param theirs in an answer: the receiver's elements, blinded by both, in the order of the request
 *     unless {@code sizeOnly}; empty in a request
 */
record PsiMessage(
    Step step,
    IdentifierKind kind,
    String session,
    boolean sizeOnly,
    List<Element> own,
    List<Element> theirs) {
  private static final byte[] MAGIC = "TRIBPSI1".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;

  enum Step {
    REQUEST,
    ANSWER
  }

  void write(Path file) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(MAGIC);
      out.writeByte(step.ordinal());
      out.writeByte(kind.ordinal());
      out.writeBoolean(sizeOnly);
      out.writeUTF(session);
      for (List<Element> elements : List.of(own, theirs)) {
        out.writeInt(elements.size());
        for (Element element : elements) {
          out.write(element.bytes());
        }
      }
      bytes.write(sha256().digest(bytes.toByteArray()));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw PsiErrors.io(file, "written", e);
    }
  }

  /** Reads a message and checks everything that can be checked without a secret. */
  static PsiMessage read(Path file, Step expected) {
    try {
      byte[] all = Files.readAllBytes(file);
      int body = Math.max(0, all.length - DIGEST_BYTES);
      if (!Arrays.equals(MAGIC, 0, MAGIC.length, all, 0, Math.min(MAGIC.length, all.length))) {
        throw PsiErrors.malformed(file, "it does not begin with TRIBPSI1");
      }
      byte[] digest = sha256().digest(Arrays.copyOf(all, body));
      if (!Arrays.equals(digest, Arrays.copyOfRange(all, body, all.length))) {
        throw PsiErrors.malformed(file, "its checksum is wrong or it ends early");
      }
      return parse(
          file, new ByteArrayInputStream(all, MAGIC.length, body - MAGIC.length), expected);
    } catch (EOFException e) {
      throw PsiErrors.malformed(file, "it ends early");
    } catch (IOException e) {
      throw PsiErrors.io(file, "read", e);
    }
  }

  private static PsiMessage parse(Path file, ByteArrayInputStream bytes, Step expected)
      throws IOException {
    DataInputStream in = new DataInputStream(bytes);
    int step = in.readUnsignedByte();
    int kind = in.readUnsignedByte();
    if (step >= Step.values().length || kind >= IdentifierKind.values().length) {
      throw PsiErrors.malformed(file, "its header is unknown");
    }
    if (Step.values()[step] != expected) {
      throw PsiErrors.wrongStep(file, expected.name(), Step.values()[step].name());
    }
    boolean sizeOnly = in.readBoolean();
    String session = in.readUTF();
    List<Element> own = elements(file, in);
    List<Element> theirs = elements(file, in);
    if (in.available() > 0) {
      throw PsiErrors.malformed(file, in.available() + " bytes are left over");
    }
    return new PsiMessage(expected, IdentifierKind.values()[kind], session, sizeOnly, own, theirs);
  }

  private static List<Element> elements(Path file, DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / Element.BYTES) {
      throw PsiErrors.malformed(file, "it claims " + count + " elements");
    }
    List<Element> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(new Element(in.readNBytes(Element.BYTES)));
    }
    if (new HashSet<>(elements).size() < count) {
      throw PsiErrors.malformed(file, "an element is there twice");
    }
    long bad = elements.parallelStream().filter(element -> !element.isValid()).count();
    if (bad > 0) {
      throw PsiErrors.malformed(
          file, bad + " of " + count + " elements are no points of the curve");
    }
    return elements;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
