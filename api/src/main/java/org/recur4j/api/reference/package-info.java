/**
 * The oracle: recurrent cells over plain {@code double[]} arrays, written as the equations stand in
 * the papers, for tests to compare every backend with, and how far from it a backend may be. Slow
 * on purpose; uses nothing of the library but the names of things.
 */
package org.recur4j.api.reference;
