/**
 * Recurrent layers over whole sequences: a specification ({@link
 * org.recur4j.api.recurrent.RecurrentSpec}) and its weights, planned once and run many times.
 */
package org.recur4j.api.recurrent;
