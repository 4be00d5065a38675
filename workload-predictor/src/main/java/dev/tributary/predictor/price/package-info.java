/**
 * What machines cost: the shipped snapshot of list prices, the user's prices over it, and what spot
 * machines cost in expectation once interruptions are counted. Reads a prices file; knows no job.
 */
package dev.tributary.predictor.price;
