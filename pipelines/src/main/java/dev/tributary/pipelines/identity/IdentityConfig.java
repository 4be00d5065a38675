package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.job.Default;
import dev.tributary.pipelines.job.Doc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the job {@code identity} is told. */
public record IdentityConfig(
    @Doc("rules of evidence and graphs (YAML), instead of the built-in ones") Optional<Path> rules,
    @Doc("resolve everything anew from all evidence; needed when the rules have changed")
        @Default("false")
        boolean rebuild,
    @Doc("learn the models of the rules anew, as new versions, and resolve everything by them")
        @Default("false")
        boolean refitModel,
    @Doc("say what a run would merge and split, with these rules, and write nothing")
        @Default("false")
        boolean dryRun,
    @Doc("once ends when everything there is has been read; continuous goes on") @Default("once")
        Trigger trigger,
    @Doc("least time between two batches of a continuous run") @Default("10s") Duration interval,
    @Doc("engine for connected components: auto, builtin or graphframes") @Default("auto")
        String engine,
    @Doc(
            "most new edges whose groups are joined in one task, about 100 bytes of memory each;"
                + " with more rows around what a batch says of households, all are computed")
        @Default("1000000")
        long smallDelta) {

  /** How batches are started. */
  public enum Trigger {
    /** One batch, then the end. */
    ONCE,
    /** Batches until it is stopped. */
    CONTINUOUS
  }

  public IdentityConfig {
    if (interval.isNegative()) {
      throw IdentityErrors.value("interval", interval, "give a time of zero or more");
    }
    if (smallDelta < 0) {
      throw IdentityErrors.value("small-delta", smallDelta, "give a count of zero or more");
    }
    if (dryRun && trigger == Trigger.CONTINUOUS) {
      throw IdentityErrors.value("dry-run", true, "give it without trigger=continuous");
    }
  }

  boolean continuous() {
    return trigger == Trigger.CONTINUOUS;
  }
}
