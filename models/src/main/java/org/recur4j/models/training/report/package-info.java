/** What a training reports, and listeners for it. */
package org.recur4j.models.training.report;
