package dev.tributary.predictor.cli;

import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.http.HttpService;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predictor serve}: the service over HTTP until a signal ends it. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serve predictions over HTTP; /openapi.json describes it, / is a page.",
      "Prints one JSON object with the address when it listens. Callers show the token as"
          + " 'Authorization: Bearer'; only /health, /openapi.json and the empty page do without."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final int MOST_PORTS = 65_535;

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "The port; 0 for any that is free. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The address to listen on. Default: ${DEFAULT-VALUE}, this machine only")
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token, one line. Default: DIR/token, made for its owner only if missing")
  private Path tokenFile;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (port < 0 || port > MOST_PORTS) {
      err.println("error: There is no port " + port + ". Fix: --port 0 to " + MOST_PORTS + ".");
      return 2;
    }
    warnOfPlainText(err);
    PredictorApi api =
        PredictorApi.open(store.data(), store.prices(), "a service that is starting", WAIT);
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      HttpService service =
          HttpService.start(api, host, port, store.data(), Optional.ofNullable(tokenFile));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped)));
      String url =
          "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, service.port());
      PrintWriter out = spec.commandLine().getOut();
      out.println("{\"url\":\"" + url + "\"}");
      out.flush();
      err.println(
          "Listening on %s; the token is in %s."
              .formatted(url, tokenFile == null ? store.data().resolve("token") : tokenFile));
      err.flush();
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
    stopped.await();
    return 0;
  }

  private void warnOfPlainText(PrintWriter err) {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        err.println(
            "warning: The service speaks HTTP without TLS and "
                + host
                + " is not this machine alone. Fix: put a proxy with TLS before it.");
      }
    } catch (UnknownHostException e) {
      err.println("warning: The host " + host + " is not known here: " + e.getMessage());
    }
  }

  private static void stop(HttpService service, CountDownLatch stopped) {
    service.close();
    stopped.countDown();
  }
}
