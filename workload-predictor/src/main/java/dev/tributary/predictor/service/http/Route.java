package dev.tributary.predictor.service.http;

import io.javalin.http.HandlerType;

/**
 * One operation over HTTP.
 *
 * @param open whether it is answered without a token
 */
record Route(HandlerType method, String path, boolean open, Answering answering) {
  /** Answers one request. */
  interface Answering {
    Answer answer(Exchange exchange);
  }

  /** What is sent back. */
  record Answer(int status, String contentType, String body) {
    static final String JSON = "application/json";

    static Answer json(Object body) {
      return new Answer(200, JSON, body.toString());
    }

    static Answer created(Object body) {
      return new Answer(201, JSON, body.toString());
    }
  }
}
