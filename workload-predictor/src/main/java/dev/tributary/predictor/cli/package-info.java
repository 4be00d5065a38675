/** The command {@code predictor}, alone or as a part of {@code tributary}. Nobody depends on it. */
package dev.tributary.predictor.cli;
