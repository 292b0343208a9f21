/**
 * Random numbers that are the same on every backend, in any order and for any number of threads.
 */
package org.recur4j.api.random;
