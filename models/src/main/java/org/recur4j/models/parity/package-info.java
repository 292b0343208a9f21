/** Comparison of one model on two backends, number by number. */
package org.recur4j.models.parity;
