package org.recur4j.examples.names;

/**
 * What one pass over the training names brought.
 *
 * @param epoch its number, from 1
 * @param trainingLoss mean cross-entropy over the training names, in nats, dropout included
 * @param validationLoss mean cross-entropy over the validation names, in nats
 * @param validationAccuracy share of validation names that are right, 0 to 1
 * @param seconds since the training began
 */
public record NamesEpoch(
    int epoch,
    double trainingLoss,
    double validationLoss,
    double validationAccuracy,
    double seconds) {}
