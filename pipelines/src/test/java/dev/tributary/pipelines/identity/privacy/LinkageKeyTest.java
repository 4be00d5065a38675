package dev.tributary.pipelines.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkageKeyTest {
  @TempDir Path directory;

  @Test
  void isReadBackFromAFileOfItsOwnerAlone() throws IOException {
    LinkageKey key = LinkageKey.generate();
    Path file = directory.resolve("new/key");
    key.write(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(LinkageKey.read(file).fingerprint()).isEqualTo(key.fingerprint()).hasSize(16);
    assertThat(LinkageKey.generate().fingerprint()).isNotEqualTo(key.fingerprint());
    assertThatThrownBy(() -> LinkageKey.generate().write(file))
        .hasMessageContaining("exists already");
  }

  @Test
  void isRefusedWhenOthersCanReadIt() throws IOException {
    Path file = directory.resolve("key");
    LinkageKey.generate().write(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> LinkageKey.read(file)).hasMessageContaining("mode rw-r-----");
  }

  @Test
  void neverShowsItsSecret() throws IOException {
    Path file = directory.resolve("key");
    LinkageKey key = LinkageKey.generate();
    key.write(file);
    String secret = Files.readString(file).strip().split(":")[1];
    assertThat(key.toString()).doesNotContain(secret).contains(key.fingerprint());
    Files.writeString(file, "tributary-linkage-key-1:" + secret.substring(4) + "~");
    Throwable broken = catchThrowable(() -> LinkageKey.read(file));
    assertThat(broken).hasMessageContaining("is not a linkage key").hasNoCause();
    assertThat(broken.getMessage()).doesNotContain(secret.substring(4, 12));
  }
}
