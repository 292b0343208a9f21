/** Reports of training and listeners that receive them. */
package org.recur4j.models.training.report;
