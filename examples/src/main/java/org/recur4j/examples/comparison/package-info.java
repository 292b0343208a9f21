/** What {@code recur4j compare} runs on every backend, measures, and shows. */
package org.recur4j.examples.comparison;
