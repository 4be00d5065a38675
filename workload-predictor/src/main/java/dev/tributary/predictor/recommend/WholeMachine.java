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
    ExecutorSize size = ExecutorSize.of(request);
    return size.fits(offer)
        ? Optional.of(size.around(size.heapMib().orElseGet(() -> size.mostHeapMib(offer))))
        : Optional.empty();
  }

  /** Why such an executor cannot be had, or keeps less than is asked for; empty where it does. */
  static Optional<String> refused(Request request, Candidate candidate) {
    Constraints constraints = request.constraints();
    Optional<String> impossible = Feasibility.refused(request, candidate);
    if (impossible.isPresent()) {
      return impossible;
    }
    Optional<ContainerMemory> container = container(request, candidate.offer());
    if (container.isEmpty()) {
      ExecutorSize size = ExecutorSize.of(request);
      return Optional.of(
          "leaves an executor %d MiB of heap on %s%s, %d are wanted"
              .formatted(
                  size.mostHeapMib(candidate.offer()),
                  request.platform().label(),
                  size.text().isEmpty() ? "" : " by the enforced " + size.text(),
                  size.heapMib().orElse(ContainerMemory.LEAST_HEAP_MIB)));
    }
    double usable = container.get().usableMb();
    if (usable < constraints.minMemoryMb().orElse(0)) {
      return Optional.of(
          "holds %s, at least %s are asked for"
              .formatted(Values.mb(usable), Values.mb(constraints.minMemoryMb().getAsDouble())));
    }
    return constraints.purchases().contains(Purchase.ON_DEMAND)
        ? Optional.empty()
        : Optional.of("is on demand, and spot workers only are allowed");
  }
}
