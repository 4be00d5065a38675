package dev.tributary.pipelines.job;

/** A job that is its body. */
public record BodyJob<C extends Record>(String name, Class<C> configType, Body<C> body)
    implements Job<C> {
  /** What the job does. */
  public interface Body<C extends Record> {
    JobResult run(JobContext context, C config) throws Exception;
  }

  @Override
  public String description() {
    return "Runs the body of a test.";
  }

  @Override
  public JobResult run(JobContext context, C config) throws Exception {
    return body.run(context, config);
  }
}
