package org.recur4j.models.decoding;

/**
 * One generated sequence.
 *
 * @param tokens tokens, without begin and end
 * @param logProbability log-probability (natural) of the tokens and, if it was generated, the end
 *     token
 * @param score score by which beam search ranks it; otherwise the log-probability
 * @param ended whether the end token was generated; false if the sequence was truncated
 * @param attention {@code [token][source position]}; empty without attention
 */
public record DecodedSequence(
    int[] tokens, double logProbability, double score, boolean ended, float[][] attention) {}
