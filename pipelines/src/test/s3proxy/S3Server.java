import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * An S3 server in memory, in a JVM of its own: its Jetty and Spark's do not share a class path.
 * Started from this source file, so it is compiled against the server's class path and no other.
 * Prints {@code listening <port>} and ends when its standard input does, which is when its parent
 * does.
 *
 * <p>Arguments: the access key and the secret that requests are signed with.
 */
public final class S3Server {
  private S3Server() {}

  public static void main(String[] arguments) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, arguments[0], arguments[1])
            .build();
    server.start();
    System.out.println("listening " + server.getPort());
    while (System.in.read() >= 0) {
      // The parent writes nothing; only the end of the pipe matters.
    }
    server.stop();
    System.exit(0);
  }
}
