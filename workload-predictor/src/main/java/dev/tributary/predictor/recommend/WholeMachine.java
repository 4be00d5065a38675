package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Purchase;
import java.util.Optional;

/** An executor that has all of its machine, or the heap that is enforced. */
final class WholeMachine {
  private WholeMachine() {}

  /** Empty where the machine holds none, or less than is enforced. */
  static Optional<ContainerMemory> container(Request request, Offer offer) {
    Constraints constraints = request.constraints();
    Platform platform = request.platform();
    long offHeap = constraints.enforced().offHeapMib();
    long most = platform.heapMib(offer, constraints.nonJvm(), offHeap);
    long heap = heap(request, most);
    return heap > most || heap < ContainerMemory.LEAST_HEAP_MIB
        ? Optional.empty()
        : Optional.of(
            ContainerMemory.of(heap, platform.overheadFactor(constraints.nonJvm()), offHeap));
  }

  private static long heap(Request request, long most) {
    return request.platform().setsExecutors()
        ? most
        : request.constraints().enforced().heapMib().orElse(most);
  }

  /** Why such an executor cannot be had, or keeps less than is asked for; empty where it does. */
  static Optional<String> refused(Request request, Candidate candidate) {
    Constraints constraints = request.constraints();
    Platform platform = request.platform();
    Optional<ContainerMemory> container = container(request, candidate.offer());
    if (container.isEmpty()) {
      long most =
          platform.heapMib(
              candidate.offer(), constraints.nonJvm(), constraints.enforced().offHeapMib());
      return Optional.of(
          "leaves an executor %d MiB of heap on %s, %d are wanted"
              .formatted(
                  most,
                  platform.label(),
                  Math.max(heap(request, most), ContainerMemory.LEAST_HEAP_MIB)));
    }
    double usable = container.get().usableMb();
    if (usable < constraints.minMemoryMb().orElse(0)) {
      return Optional.of(
          "holds %s, at least %s are asked for"
              .formatted(Values.mb(usable), Values.mb(constraints.minMemoryMb().getAsDouble())));
    }
    if (candidate.workers() < platform.leastWorkers()) {
      return Optional.of(
          "has fewer than the %d workers that %s wants"
              .formatted(platform.leastWorkers(), platform.label()));
    }
    return constraints.purchases().contains(Purchase.ON_DEMAND)
        ? Optional.empty()
        : Optional.of("is on demand, and spot workers only are allowed");
  }
}
