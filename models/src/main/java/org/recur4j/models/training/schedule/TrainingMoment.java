package org.recur4j.models.training.schedule;

import java.util.List;
import org.recur4j.models.training.report.EpochReport;

/**
 * Where a training stands when a step begins.
 *
 * @param step 0 … steps − 1
 * @param steps all steps of the training, if it runs to its end
 * @param epoch that is running, from 1
 * @param finished reports of the epochs before; a view, not a copy
 */
public record TrainingMoment(long step, long steps, int epoch, List<EpochReport> finished) {}
