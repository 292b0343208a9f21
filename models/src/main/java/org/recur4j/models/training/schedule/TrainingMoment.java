package org.recur4j.models.training.schedule;

import java.util.List;
import org.recur4j.models.training.report.EpochReport;

/**
 * The moment of training at which a step begins.
 *
 * @param step the index of the step, from 0 to steps − 1
 * @param steps the total number of steps, if training does not stop early
 * @param epoch the current epoch, from 1
 * @param finished the reports of the finished epochs; a view, not a copy
 */
public record TrainingMoment(long step, long steps, int epoch, List<EpochReport> finished) {}
