/**
 * How much memory an executor of a job needs, learnt from its runs, and the container that holds
 * it. Reads runs; knows neither prices nor platforms' files.
 */
package dev.tributary.predictor.memory;
