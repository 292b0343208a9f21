/** Learning rate schedules, batching and criteria for the best epoch. */
package org.recur4j.models.training.schedule;
