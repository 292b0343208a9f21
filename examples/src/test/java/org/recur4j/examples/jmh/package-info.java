/**
 * Benchmarks of single parts, through the interfaces that every backend has: {@code examples/jmh}.
 */
package org.recur4j.examples.jmh;
