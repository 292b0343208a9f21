/**
 * Saying a sequence token by token, each given those before: greedy, sampled and beam search, for
 * every model that can continue its rows by a step.
 */
package org.recur4j.models.decoding;
