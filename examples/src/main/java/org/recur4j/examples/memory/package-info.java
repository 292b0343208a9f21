/** Synthetic tasks that cannot be solved without remembering: how far back does a cell reach. */
package org.recur4j.examples.memory;
