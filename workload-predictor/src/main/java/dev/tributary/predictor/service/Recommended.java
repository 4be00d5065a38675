package dev.tributary.predictor.service;

import dev.tributary.predictor.online.NextInputs;
import dev.tributary.predictor.recommend.Recommendation;

/**
 * A recommendation that was not asked for in JSON.
 *
 * @param recommendation the answer; its question has the constraints that were kept to
 * @param inputs of the run, those that nobody gave being forecast
 */
public record Recommended(Recommendation recommendation, NextInputs inputs) {}
