package dev.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShopSchemasTest {
  @Test
  void placeholder() {
    assertThat(1).isEqualTo(1);
  }
}
