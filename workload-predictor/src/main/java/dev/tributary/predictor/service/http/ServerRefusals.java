package dev.tributary.predictor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * Answers by problem documents what the HTTP server refuses before any route: requests that are not
 * HTTP, paths that lead above the root, headers that are too large.
 */
final class ServerRefusals extends ErrorHandler {
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateAcceptableResponse(
      Request base,
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String reason)
      throws IOException {
    base.setHandled(true);
    response.setContentType(Problem.TYPE);
    response.setHeader(HttpHeader.CACHE_CONTROL.asString(), "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(document(status, reason));
    base.getResponse().closeOutput();
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
    fields.put(HttpHeader.CACHE_CONTROL, "no-store");
    return ByteBuffer.wrap(document(status, reason));
  }

  private static byte[] document(int status, String reason) {
    return Problem.ofStatus(status, reason).body().getBytes(StandardCharsets.UTF_8);
  }
}
