package org.recur4j.models.decoding;

/**
 * One sequence that a model said.
 *
 * @param tokens without begin and end
 * @param logProbability of the tokens and of the end, if it came; natural logarithm
 * @param score what a beam ranked it by; elsewhere the log-probability
 * @param ended whether the model said the end; false if it was broken off
 * @param attention {@code [token][source place]}, a row a token; no rows without attention
 */
public record Decoded(
    int[] tokens, double logProbability, double score, boolean ended, float[][] attention) {}
