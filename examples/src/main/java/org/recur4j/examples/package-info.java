/** The command line, runnable examples and benchmarks. */
package org.recur4j.examples;
