package dev.tributary.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.schemas.compatibility.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaKeyTest {
  @Test
  void readsItsOwnUriWithAndWithoutScheme() {
    SchemaKey key = SchemaKey.parse("iglu:com.shop/order_completed/jsonschema/1-0-2");
    assertThat(SchemaKey.parse(key.uri())).isEqualTo(key);
    assertThat(SchemaKey.parse(key.path())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "iglu:",
        "a/b/jsonschema",
        "a/b/jsonschema/1-0",
        "a/b/jsonschema/0-0-0",
        "a/b/jsonschema/01-0-0",
        "a/../jsonschema/1-0-0/x",
        "a b/c/jsonschema/1-0-0",
        "a/b/jsonschema/1-0-9999999999"
      })
  void refusesWhatNamesNoSchema(String text) {
    assertThatThrownBy(() -> SchemaKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1-0-2");
  }

  @Test
  void labelsASuccessor() {
    SchemaVersion version = SchemaVersion.parse("1-2-3");
    for (Label label : Label.values()) {
      assertThat(version.next(label).labelAfter(version)).isEqualTo(label);
      assertThat(version.next(label)).isGreaterThan(version);
    }
  }
}
