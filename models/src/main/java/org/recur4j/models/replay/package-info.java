/**
 * Running the same calculation again on other numbers: what a step of a network does to its tensors
 * is recorded once, and repeated without making anything.
 */
package org.recur4j.models.replay;
