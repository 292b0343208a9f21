package org.recur4j.models.training.report;

import org.recur4j.models.training.schedule.Criterion;

/**
 * One epoch.
 *
 * @param epoch from 1
 * @param epochs planned
 * @param loss mean training loss of the epoch's batches
 * @param validation loss and accuracy on the validation part; null without one
 * @param best whether no epoch before was as good, by the {@link Criterion}
 * @param seconds of the epoch, validation included
 */
public record EpochReport(
    int epoch, int epochs, double loss, Evaluation validation, boolean best, double seconds) {}
