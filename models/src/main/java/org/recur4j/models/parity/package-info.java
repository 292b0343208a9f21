/** Element-by-element comparison of one model on two backends. */
package org.recur4j.models.parity;
