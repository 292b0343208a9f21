/** Models that the trainer can train. */
package org.recur4j.models.training.model;
