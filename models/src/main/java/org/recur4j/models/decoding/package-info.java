/** Decoding a sequence token by token: greedy search, sampling and beam search. */
package org.recur4j.models.decoding;
