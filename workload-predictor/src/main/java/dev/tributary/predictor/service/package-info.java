/**
 * The predictor as a service: what was predicted before a run, what came of it, how far it can be
 * trusted, and who may act on it.
 *
 * <p>{@link dev.tributary.predictor.service.PredictorApi} is the whole of it, JSON in and JSON out,
 * over a store in one directory; {@code service.http} puts it behind HTTP, the command line and the
 * pipelines call it in process. Models and recommendations are behind {@link
 * dev.tributary.predictor.service.Advisor}, {@link dev.tributary.predictor.service.Plugs} says
 * which one serves; drift, accuracy and promotion are those of {@code online}. Reads and writes
 * nothing but its store. Must not know HTTP nor the command line.
 */
package dev.tributary.predictor.service;
