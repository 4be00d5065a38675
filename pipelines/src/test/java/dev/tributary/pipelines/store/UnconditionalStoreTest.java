package dev.tributary.pipelines.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that do not know conditional writes: some refuse them, some take no notice. */
class UnconditionalStoreTest {
  @ParameterizedTest
  @ValueSource(ints = {200, 501})
  void aStoreThatAnswersEveryPutAlikeIsNotTrusted(int answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, answer));
    server.start();
    try {
      Configuration hadoop =
          S3Server.running()
              .hadoop("fs.s3a.endpoint=http://127.0.0.1:" + server.getAddress().getPort());
      assertThatThrownBy(
              () ->
                  WriteOnce.write(
                      new Path("s3a://takes-all-" + answer + "/lake/plan.json"),
                      new byte[9],
                      hadoop))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("spark.hadoop.fs.s3a.create.conditional.enabled=false");
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, int answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean put = exchange.getRequestMethod().equals("PUT");
    exchange.getResponseHeaders().add("ETag", "\"etag\"");
    exchange.sendResponseHeaders(put ? answer : 204, -1);
    exchange.close();
  }
}
