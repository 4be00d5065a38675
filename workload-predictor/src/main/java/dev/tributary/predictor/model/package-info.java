/** What a prediction is, whoever makes it. */
package dev.tributary.predictor.model;
