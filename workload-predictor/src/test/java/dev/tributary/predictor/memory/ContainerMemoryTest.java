package dev.tributary.predictor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class ContainerMemoryTest {
  @Example
  void theOverheadIsTenPercentOrThreeHundredAndEightyFour() {
    assertThat(ContainerMemory.of(2048, ContainerMemory.JVM_FACTOR, 0).totalMib())
        .isEqualTo(2048 + 384);
    assertThat(ContainerMemory.of(10240, ContainerMemory.JVM_FACTOR, 0).totalMib())
        .isEqualTo(10240 + 1024);
    assertThat(ContainerMemory.of(10240, ContainerMemory.NON_JVM_FACTOR, 512).totalMib())
        .isEqualTo(10240 + 4096 + 512);
  }

  @Property(tries = 300, seed = "11")
  void aContainerForAPeakHoldsIt(
      @ForAll @DoubleRange(min = 1, max = 500_000) double peak,
      @ForAll @LongRange(min = 0, max = 20_000) long offHeap) {
    assertThat(ContainerMemory.holding(peak, 0.1, offHeap).usableMb()).isGreaterThanOrEqualTo(peak);
  }

  @Property(tries = 300, seed = "12")
  void theGreatestHeapFitsAndOneMoreDoesNot(
      @ForAll @DoubleRange(min = 1500, max = 500_000) double available,
      @ForAll @LongRange(min = 0, max = 500) long offHeap,
      @ForAll @DoubleRange(min = 0.1, max = 0.4) double factor) {
    long heap = ContainerMemory.heapWithin(available, factor, offHeap);
    assertThat((double) ContainerMemory.of(heap, factor, offHeap).totalMib())
        .isLessThanOrEqualTo(available);
    assertThat((double) ContainerMemory.of(heap + 2, factor, offHeap).totalMib())
        .isGreaterThan(available);
  }
}
