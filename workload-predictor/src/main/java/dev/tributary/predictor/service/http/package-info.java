/**
 * The service over HTTP: routes, tokens, limits, problem documents (RFC 9457), metrics in
 * Prometheus' text format, the OpenAPI document and the page. Decides nothing; {@link
 * dev.tributary.predictor.service.PredictorApi} does. Reads and writes the token file.
 */
package dev.tributary.predictor.service.http;
