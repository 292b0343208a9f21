/** Losses, optimisers and the trainer. */
package org.recur4j.models.training;
