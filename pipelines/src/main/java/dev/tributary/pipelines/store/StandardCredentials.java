package dev.tributary.pipelines.store;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's standard chain for S3A: environment, web identity token, profile, container, instance.
 * S3A's own default knows no profile and no web identity. The SDK's {@code create()} hands everyone
 * one chain, which the first file system that is closed would close for all; this is one's own.
 */
public final class StandardCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
  private final DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();

  /** Called by S3A, by {@code fs.s3a.aws.credentials.provider}. */
  public StandardCredentials() {}

  @Override
  public AwsCredentials resolveCredentials() {
    return chain.resolveCredentials();
  }

  @Override
  public void close() {
    chain.close();
  }
}
