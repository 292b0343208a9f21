/** Learning rate schedules, batch sizes and criteria for the best epoch. */
package org.recur4j.models.training.schedule;
