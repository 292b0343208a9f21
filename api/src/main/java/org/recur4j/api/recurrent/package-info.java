/**
 * Whole sequences through a recurrent cell: what to run ({@link
 * org.recur4j.api.recurrent.RecurrentSpec}), with which weights, planned once and run many times.
 */
package org.recur4j.api.recurrent;
