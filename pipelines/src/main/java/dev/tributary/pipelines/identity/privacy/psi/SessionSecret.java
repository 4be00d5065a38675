package dev.tributary.pipelines.identity.privacy.psi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** What A keeps between request and finish, in a file of mode 0600. Never printed. */
final class SessionSecret {
  private static final byte[] MAGIC = "TRIBPSIS".getBytes(StandardCharsets.US_ASCII);

  private final String session;
  private final byte[] scalar;
  private final byte[] inputDigest;
  private final int[] order;

  /**
   * @param order for each sent element the number of its identifier in sorted order
   */
  SessionSecret(String session, byte[] scalar, byte[] inputDigest, int[] order) {
    this.session = session;
    this.scalar = scalar.clone();
    this.inputDigest = inputDigest.clone();
    this.order = order.clone();
  }

  String session() {
    return session;
  }

  byte[] scalar() {
    return scalar.clone();
  }

  byte[] inputDigest() {
    return inputDigest.clone();
  }

  int[] order() {
    return order;
  }

  void write(Path file) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(MAGIC);
      out.writeUTF(session);
      out.write(scalar);
      out.write(inputDigest);
      out.writeInt(order.length);
      for (int position : order) {
        out.writeInt(position);
      }
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
      FileAttribute<?>[] mode =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      Files.createFile(file, mode);
      Files.write(file, bytes.toByteArray(), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw PsiErrors.io(file, "written", e);
    }
  }

  static SessionSecret read(Path file) {
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (IOException e) {
      throw PsiErrors.io(file, "read", e);
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw PsiErrors.malformed(file, "it is not the secret of a request");
      }
      String session = in.readUTF();
      byte[] scalar = new byte[32];
      in.readFully(scalar);
      byte[] digest = new byte[32];
      in.readFully(digest);
      int[] order = new int[checked(file, in.readInt(), in.available())];
      for (int i = 0; i < order.length; i++) {
        order[i] = checked(file, in.readInt(), 4 * order.length - 1);
      }
      return new SessionSecret(session, scalar, digest, order);
    } catch (IOException e) {
      throw PsiErrors.malformed(file, "it ends early");
    }
  }

  private static int checked(Path file, int value, int bytes) {
    if (value < 0 || value > bytes / 4) {
      throw PsiErrors.malformed(file, "it holds an impossible number");
    }
    return value;
  }

  @Override
  public String toString() {
    return "SessionSecret[" + session + "]";
  }
}
