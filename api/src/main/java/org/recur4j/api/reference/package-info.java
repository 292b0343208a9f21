/**
 * The reference implementation: recurrent cells over plain {@code double[]} arrays, written like
 * the equations in the papers, and the allowed difference between it and a backend. Tests compare
 * every backend with it. It favors clarity over speed and shares no computation with the rest of
 * the library.
 */
package org.recur4j.api.reference;
