package org.recur4j.models.training.report;

import org.recur4j.models.training.schedule.Criterion;

/**
 * The report of one epoch.
 *
 * @param epoch the epoch, from 1
 * @param epochs the planned number of epochs
 * @param loss the mean training loss of the epoch's batches
 * @param validation the evaluation on the validation examples; null if there are none
 * @param best whether the epoch is the best so far by the {@link Criterion}
 * @param seconds the duration of the epoch in seconds, including validation
 */
public record EpochReport(
    int epoch, int epochs, double loss, Evaluation validation, boolean best, double seconds) {}
